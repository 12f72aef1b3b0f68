package io.darvoza.bankingdocs.upload;

import io.darvoza.common.crypto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file on its way in: written once from front to end, hashed and counted in the same pass. Blocks, and may be discarded
 * by another thread at any time.
 */
final class SpooledFile {

    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest;
    private long size;

    private SpooledFile(Path path, FileChannel channel, MessageDigest digest) {
        this.path = path;
        this.channel = channel;
        this.digest = digest;
    }

    static SpooledFile in(Path directory) {
        try {
            Path path = Files.createTempFile(directory, "upload-", ".part");
            return new SpooledFile(path, FileChannel.open(path, StandardOpenOption.WRITE), Sha256.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void write(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        size += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    synchronized long size() {
        return size;
    }

    /** Ends the writing and tells the SHA-256 of all that was written, in hexadecimal digits. */
    synchronized String finish() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Removes the file, finished or not. */
    synchronized void discard() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
