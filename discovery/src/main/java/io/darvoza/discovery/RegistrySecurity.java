package io.darvoza.discovery;

import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Everybody who registers or looks up signs in with the registry's password. Health and metrics lie on the management
 * port, which is not public and stays open there.
 */
@Configuration(proxyBeanMethods = false)
class RegistrySecurity {

    @Bean
    SecurityFilterChain registryChain(HttpSecurity http) throws Exception {
        return http.securityMatcher("/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                // Programs register by PUT and POST without a page before it; nothing else here changes anything.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/eureka/**"))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /**
     * The one login. Spring Boot's own would store the password anew with bcrypt after the first sign-in, so that every
     * heartbeat cost a tenth of a second of CPU; a long random secret needs no slow hash.
     */
    @Bean
    UserDetailsService registrants(SecurityProperties security) {
        var login = security.getUser();
        return name -> {
            if (!name.equals(login.getName())) {
                throw new UsernameNotFoundException("unknown");
            }
            return User.withUsername(name)
                    .password("{noop}" + login.getPassword())
                    .build();
        };
    }
}
