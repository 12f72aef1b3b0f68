package io.darvoza.bankingdocs.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of what is in memory as a whole. */
final class Sha256 {

    private Sha256() {}

    static byte[] of(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** 64 hexadecimal digits. */
    static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }
}
