package io.darvoza.common.test.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import io.darvoza.common.test.security.TestTokens.Draft;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Bad tokens, each of which the gateway and every service refuse in the same way. */
public enum TokenAttack {
    ALG_NONE(unsigned("none")),
    ALG_NONE_CAPITALISED(unsigned("None")),
    ALG_NONE_UPPER_CASE(unsigned("NONE")),
    ALG_NONE_MIXED_CASE(unsigned("nOnE")),
    ALG_NONE_WITH_A_SIGNATURE(changed(token -> token.header("alg", "none"))),
    ALG_MISSING(changed(token -> token.header("alg", null))),
    ALG_IN_LOWER_CASE(changed(token -> token.header("alg", "ps256"))),
    HS256_WITH_THE_PUBLIC_KEY(TokenAttack::hmacWithPublicKey),
    RS256_WITH_THE_SIGNING_KEY(token -> rs256(token, token.key())),
    RS256_WITH_THE_ISSUERS_RS256_KEY(null) {
        @Override
        String token(TestTokens tokens) {
            TestKey key = tokens.jwks().rs256Key();
            return rs256(tokens.draft().header("kid", key.id()), key);
        }
    },
    PS256_WITH_THE_ISSUERS_RS256_KEY(null) {
        @Override
        String token(TestTokens tokens) {
            TestKey key = tokens.jwks().rs256Key();
            return tokens.draft().header("kid", key.id()).key(key).sign();
        }
    },
    PS384(token -> ps(token, 384)),
    PS512(token -> ps(token, 512)),
    ES256_OF_ZEROS(token -> joined(token.header("alg", "ES256"), new byte[64])),
    WRONG_ISSUER(changed(token -> token.claim("iss", "http://evil.test/auth/realms/darvoza"))),
    ISSUER_WITH_A_SLASH_MORE(changed(token -> token.claim("iss", TestTokens.ISSUER + "/"))),
    NO_ISSUER(changed(token -> token.claim("iss", null))),
    WRONG_AUDIENCE(changed(token -> token.claim("aud", "account"))),
    WRONG_AUDIENCES(changed(token -> token.claim("aud", List.of("account", "darvoza-api2")))),
    NO_AUDIENCE(changed(token -> token.claim("aud", null))),
    ID_TOKEN(changed(token -> token.claim("typ", "ID"))),
    REFRESH_TOKEN(changed(token -> token.claim("typ", "Refresh"))),
    NO_TOKEN_TYPE(changed(token -> token.claim("typ", null))),
    LOGOUT_TOKEN(changed(token -> token.header("typ", "logout+jwt"))),
    NO_HEADER_TYPE(changed(token -> token.header("typ", null))),
    NO_SUBJECT(changed(token -> token.claim("sub", null))),
    SUBJECT_IS_A_NUMBER(changed(token -> token.claim("sub", 1))),
    NO_CLIENT(changed(token -> token.claim("azp", null))),
    EXPIRED_AN_HOUR_AGO(changed(token -> token.claim("iat", fromNow(-3900)).claim("exp", fromNow(-3600)))),
    EXPIRED_JUST_BEYOND_THE_SKEW(
            changed(token -> token.claim("iat", fromNow(-361)).claim("exp", fromNow(-61)))),
    ENDS_BEFORE_IT_BEGINS(changed(token -> token.claim("iat", fromNow(30)).claim("exp", fromNow(20)))),
    NO_EXPIRY(changed(token -> token.claim("exp", null))),
    EXPIRY_IS_TEXT(changed(token -> token.claim("exp", "2099-01-01"))),
    EXPIRY_BEYOND_ALL_TIME(
            token -> token.sign(token.headerJson(), token.claimsJson().replaceFirst("\"exp\":\\d+", "\"exp\":1e400"))),
    NOT_YET_VALID(changed(token -> token.claim("nbf", fromNow(120)))),
    ISSUED_IN_THE_FUTURE(changed(token -> token.claim("iat", fromNow(86_400)).claim("exp", fromNow(86_700)))),
    UNKNOWN_KID(changed(token -> token.key(Attacker.KEY).header("kid", Attacker.KEY.id()))),
    NO_KID(changed(token -> token.header("kid", null))),
    KID_IS_A_NUMBER(changed(token -> token.header("kid", 7))),
    KID_WALKS_THE_FILE_SYSTEM(changed(token -> token.header("kid", "../../../../../../dev/null"))),
    KID_IS_SQL(changed(token -> token.header("kid", "x' UNION SELECT 'key' --"))),
    KID_OF_2_KB(changed(token -> token.header("kid", "k".repeat(2048)))),
    FOREIGN_KEY_UNDER_THE_RIGHT_KID(changed(token -> token.key(Attacker.KEY))),
    JKU_OF_THE_ATTACKER(brings("jku", "http://127.0.0.1:9/jwks.json")),
    X5U_OF_THE_ATTACKER(brings("x5u", "http://127.0.0.1:9/chain.pem")),
    X5C_OF_THE_ATTACKER(brings("x5c", List.of("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"))),
    JWK_OF_THE_ATTACKER(brings("jwk", Attacker.KEY.publicKey().toJSONObject())),
    JWK_IN_A_GOOD_TOKEN(
            changed(token -> token.header("jwk", Attacker.KEY.publicKey().toJSONObject()))),
    UNKNOWN_CRIT(changed(token -> token.header("crit", List.of("darvoza")).header("darvoza", true))),
    UNENCODED_PAYLOAD(changed(token -> token.header("b64", false).header("crit", List.of("b64")))),
    DUPLICATE_CLAIM(token ->
            token.sign(token.headerJson(), token.claimsJson().replaceFirst("\\{", "{\"sub\":\"somebody-else\","))),
    DUPLICATE_CLAIM_AFTER_NULL(
            token -> token.sign(token.headerJson(), token.claimsJson().replaceFirst("\\{", "{\"sub\":null,"))),
    DUPLICATE_CLAIM_DEEP_INSIDE(token -> token.sign(
            token.headerJson(), token.claimsJson().replace("{\"roles\":", "{\"roles\":[\"bank_admin\"],\"roles\":"))),
    DUPLICATE_HEADER_MEMBER(
            token -> token.sign(token.headerJson().replaceFirst("\\{", "{\"alg\":\"none\","), token.claimsJson())),
    CLAIMS_ARE_A_LIST(token -> token.sign(token.headerJson(), "[" + token.claimsJson() + "]")),
    CLAIMS_ARE_NULL(token -> token.sign(token.headerJson(), "null")),
    CLAIMS_ARE_NO_JSON(token -> token.sign(token.headerJson(), "<claims/>")),
    CLAIMS_GO_ON_AFTER_THE_END(token -> token.sign(token.headerJson(), token.claimsJson() + "{}")),
    HEADER_IS_NO_JSON(token -> token.sign("alg=PS256", token.claimsJson())),
    HEADER_IS_VERY_DEEP(token -> token.sign("{\"alg\":".repeat(800) + "1" + "}".repeat(800), token.claimsJson())),
    ENCRYPTED_TOKEN(token -> Base64URL.encode("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"cty\":\"JWT\"}")
            + ".AAAA.AAAAAAAAAAAAAAAA." + Base64URL.encode(token.sign()) + ".AAAAAAAAAAAAAAAAAAAAAA"),
    TOKEN_INSIDE_A_TOKEN(token -> token.header("cty", "JWT").sign(token.headerJson(), token.sign())),
    SIGNATURE_STRIPPED(signed(token -> token.substring(0, token.lastIndexOf('.') + 1))),
    SIGNATURE_AND_DOT_STRIPPED(signed(token -> token.substring(0, token.lastIndexOf('.')))),
    SIGNATURE_PADDED(signed(token -> token + "==")),
    SIGNATURE_WITH_A_FOREIGN_CHARACTER(signed(token -> token + "~")),
    SIGNATURE_CUT(signed(token -> token.substring(0, token.length() - 8))),
    SIGNATURE_OF_ZEROS(token -> joined(token, new byte[256])),
    TOKEN_CUT_IN_HALF(signed(token -> token.substring(0, token.length() / 2))),
    CLAIMS_CHANGED_AFTERWARDS(token -> {
        String good = token.sign();
        String signature = good.substring(good.lastIndexOf('.'));
        return Draft.content(
                        token.headerJson(),
                        token.user("bank_client", "bank_admin").claimsJson())
                + signature;
    }),
    ONLY_DOTS(signed(_ -> "..")),
    NO_TOKEN_AT_ALL(signed(_ -> "")),
    A_SPACE_INSIDE(signed(token -> token.replaceFirst("\\.", ". "))),
    TWO_TOKENS_IN_ONE_HEADER(signed(token -> token + ", Bearer " + token)),
    OVERSIZED_TOKEN(changed(token -> token.claim("padding", "x".repeat(7000)))),
    HEADER_OF_64_KB(signed(_ -> "x".repeat(65_536)), 431),
    TWO_AUTHORIZATION_HEADERS(Draft::sign) {
        @Override
        public List<String> authorization(TestTokens tokens) {
            String header = super.authorization(tokens).getFirst();
            return List.of(header, header);
        }
    },
    OTHER_SCHEME(Draft::sign) {
        @Override
        public List<String> authorization(TestTokens tokens) {
            return List.of("Basic " + tokens.draft().sign());
        }
    },
    TOKEN_IN_THE_QUERY(Draft::sign) {
        @Override
        public List<String> authorization(TestTokens tokens) {
            return List.of();
        }

        @Override
        public String query(TestTokens tokens) {
            return "?access_token=" + tokens.draft().sign();
        }
    };

    private final Function<Draft, String> forgery;
    private final int status;

    TokenAttack(Function<Draft, String> forgery) {
        this(forgery, 401);
    }

    TokenAttack(Function<Draft, String> forgery, int status) {
        this.forgery = forgery;
        this.status = status;
    }

    /** Values of the {@code Authorization} headers to send. */
    public List<String> authorization(TestTokens tokens) {
        return List.of("Bearer " + token(tokens));
    }

    /** What to append to the address. */
    public String query(TestTokens tokens) {
        return "";
    }

    /** The only right answer: 401, or 431 for what the server does not read to its end. */
    public int status() {
        return status;
    }

    String token(TestTokens tokens) {
        return forgery.apply(tokens.draft());
    }

    /**
     * As many tokens, each of a key id that nobody knows. Their signature is that of one of them, since no signature can be checked
     * without its key, and a thousand cost a test seconds.
     */
    public static List<String> randomKids(TestTokens tokens, int count) {
        Draft draft = tokens.draft();
        String whole = draft.sign();
        String signature = whole.substring(whole.lastIndexOf('.'));
        List<String> random = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            draft.header("kid", UUID.randomUUID().toString());
            random.add(Draft.content(draft.headerJson(), draft.claimsJson()) + signature);
        }
        return random;
    }

    /** Holds the attacker's key apart, since an enum cannot refer to its own static fields. */
    private static final class Attacker {
        static final TestKey KEY = TestKey.generate(JWSAlgorithm.PS256, KeyUse.SIGNATURE);
    }

    private static Function<Draft, String> changed(UnaryOperator<Draft> change) {
        return token -> change.apply(token).sign();
    }

    private static Function<Draft, String> signed(UnaryOperator<String> change) {
        return token -> change.apply(token.sign());
    }

    private static Function<Draft, String> brings(String parameter, Object value) {
        return changed(token ->
                token.key(Attacker.KEY).header("kid", Attacker.KEY.id()).header(parameter, value));
    }

    private static Function<Draft, String> unsigned(String algorithm) {
        return token -> joined(token.header("alg", algorithm), new byte[0]);
    }

    private static String rs256(Draft token, TestKey key) {
        token.header("alg", "RS256");
        return joined(token, key.rs256(bytes(token)));
    }

    private static String ps(Draft token, int bits) {
        token.header("alg", "PS" + bits);
        return joined(token, token.key().ps(bits, bytes(token)));
    }

    private static String hmacWithPublicKey(Draft token) {
        token.header("alg", "HS256");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.key().publicKey().toRSAPublicKey().getEncoded(), "HmacSHA256"));
            return joined(token, mac.doFinal(bytes(token)));
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String joined(Draft token, byte[] signature) {
        return Draft.content(token.headerJson(), token.claimsJson()) + "." + Base64URL.encode(signature);
    }

    private static byte[] bytes(Draft token) {
        return Draft.content(token.headerJson(), token.claimsJson()).getBytes(StandardCharsets.US_ASCII);
    }

    private static long fromNow(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }
}
