package org.wasl.security.keys;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the slot of the token with a label: slot numbers are given anew when tokens come and go, and the JDK's provider
 * takes only numbers. The JDK's own binding is asked, which is not public; where it is closed, the slot must be declared.
 */
final class TokenSlots {

    private static final String BINDING = "sun.security.pkcs11.wrapper.PKCS11";
    private static final String FUNCTIONS = "C_GetFunctionList";

    private TokenSlots() {}

    /**
     * The number of the slot whose token has this label.
     *
     * @throws IOException when there is no such token, or more than one, or tokens cannot be listed
     */
    static long slot(Path library, String label) throws IOException {
        List<Long> slots = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        try {
            Class<?> binding = Class.forName(BINDING);
            Object module = module(binding, library);
            Method info = binding.getMethod("C_GetTokenInfo", long.class);
            for (long slot :
                    (long[]) binding.getMethod("C_GetSlotList", boolean.class).invoke(module, true)) {
                Object token = info.invoke(module, slot);
                String found =
                        new String((char[]) token.getClass().getField("label").get(token)).strip();
                labels.add(found);
                if (found.equals(label)) {
                    slots.add(slot);
                }
            }
        } catch (InvocationTargetException failed) {
            throw new IOException("the tokens of " + library + " cannot be listed", failed.getCause());
        } catch (ReflectiveOperationException closed) {
            throw new IOException(
                    "this Java does not let tokens be found by label: declare the slot's number, or start it with"
                            + " --add-exports jdk.crypto.cryptoki/sun.security.pkcs11.wrapper=ALL-UNNAMED",
                    closed);
        }
        if (slots.size() != 1) {
            throw new IOException(
                    slots.size() + " tokens of " + library + " are labelled " + label + "; there are: " + labels);
        }
        return slots.get(0);
    }

    private static Object module(Class<?> binding, Path library) throws ReflectiveOperationException {
        for (Method method : binding.getMethods()) {
            Class<?>[] types = method.getParameterTypes();
            if (method.getName().equals("getInstance") && types.length == 4 && types[3] == boolean.class) {
                // The same call as the provider's own, which then shares the initialised module.
                return method.invoke(null, library.toString(), FUNCTIONS, null, false);
            }
        }
        throw new NoSuchMethodException(BINDING + ".getInstance");
    }
}
