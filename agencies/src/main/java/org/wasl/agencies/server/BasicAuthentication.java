package org.wasl.agencies.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.apache.cxf.configuration.security.AuthorizationPolicy;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.interceptor.security.AccessDeniedException;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.jspecify.annotations.Nullable;

/** Lets in who knows the one user's password; refuses before the body is read. */
public final class BasicAuthentication extends AbstractPhaseInterceptor<Message> {

    private static final int UNAUTHORIZED = 401;
    private static final Pattern CONTRACT = Pattern.compile("(?i)wsdl(=[A-Za-z0-9.]+)?|xsd=[A-Za-z0-9.]+");

    private final String user;
    private final String password;

    public BasicAuthentication(String user, String password) {
        super(Phase.RECEIVE);
        this.user = user;
        this.password = password;
    }

    @Override
    public void handleMessage(Message message) {
        if (asksForContract(message)) {
            return;
        }
        AuthorizationPolicy policy = message.get(AuthorizationPolicy.class);
        if (policy == null || !same(user, policy.getUserName()) || !same(password, policy.getPassword())) {
            Fault fault = new Fault(new AccessDeniedException("user and password are missing or wrong"));
            fault.setStatusCode(UNAUTHORIZED);
            throw fault;
        }
    }

    /** The contract is public; it discloses nobody. */
    private static boolean asksForContract(Message message) {
        Object query = message.get(Message.QUERY_STRING);
        return "GET".equals(message.get(Message.HTTP_REQUEST_METHOD))
                && query instanceof String text
                && CONTRACT.matcher(text).matches();
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
