package io.darvoza.common.security;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.springframework.security.oauth2.jwt.BadJwtException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed JWT taken apart (RFC 7515 §3.1), nothing of it checked yet but its form: three parts in canonical Base64url
 * without padding, JSON objects without duplicate members. Nimbus's own parser skips foreign characters and lets members
 * repeat deep inside, so that two readers could see different tokens.
 */
record CompactToken(Map<String, Object> header, Map<String, Object> claims, byte[] signedPart, Base64URL signature) {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Throws {@link BadJwtException} for anything of another form. */
    static CompactToken parse(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 1 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new BadJwtException("not a signed token of three parts");
        }
        String signature = token.substring(second + 1);
        if (decode(signature).length == 0) {
            throw new BadJwtException("no signature");
        }
        return new CompactToken(
                object(token.substring(0, first)),
                object(token.substring(first + 1, second)),
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                new Base64URL(signature));
    }

    private static Map<String, Object> object(String part) {
        try {
            Map<String, Object> object = JSON.readValue(new String(decode(part), StandardCharsets.UTF_8), OBJECT);
            if (object == null) {
                throw new BadJwtException("a part is null");
            }
            return object;
        } catch (JacksonException unreadable) {
            throw new BadJwtException("a part is no JSON object, or a member of it occurs twice", unreadable);
        }
    }

    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // Told below, like the other ways of not being canonical.
        }
        throw new BadJwtException("a part is not in canonical Base64url");
    }
}
