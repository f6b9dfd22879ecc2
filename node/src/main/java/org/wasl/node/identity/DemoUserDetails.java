package org.wasl.node.identity;

import java.util.HashMap;
import java.util.Map;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Shows the demo users to the login form. */
public final class DemoUserDetails implements UserDetailsService {

    private final Map<String, String> encodedPasswords = new HashMap<>();

    public DemoUserDetails(DemoUsers users, PasswordEncoder encoder) {
        users.all().forEach(user -> encodedPasswords.put(user.name(), encoder.encode(users.password(user))));
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        String encoded = encodedPasswords.get(username);
        if (encoded == null) {
            throw new UsernameNotFoundException("no such user");
        }
        return User.withUsername(username)
                .password(encoded)
                .authorities("ROLE_DEMO_USER")
                .build();
    }
}
