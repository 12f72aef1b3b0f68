package io.darvoza.bankingdocs.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/** An upload that is written byte by byte, for clients that misbehave. */
final class RawRequest implements AutoCloseable {

    static final String BOUNDARY = "----darvoza";

    private final Socket socket = new Socket();

    RawRequest(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
        socket.setSoTimeout(20_000);
    }

    /** Writes the head; a negative length announces a chunked body. */
    RawRequest head(String token, long length) throws IOException {
        return head("/v1/dbo/documents", token, length);
    }

    RawRequest head(String path, String token, long length) throws IOException {
        return write("""
                POST %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Authorization: Bearer %s\r
                Content-Type: multipart/form-data; boundary=%s\r
                %s\r
                \r
                """.formatted(
                path, token, BOUNDARY, length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length));
    }

    RawRequest write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawRequest chunk(byte[] bytes) throws IOException {
        write(Integer.toHexString(bytes.length) + "\r\n");
        write(bytes);
        return write("\r\n");
    }

    /** The status of the answer. */
    int status() throws IOException {
        String line = line();
        return Integer.parseInt(line.split(" ")[1]);
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed without an answer; so far: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** Cuts the connection hard, as a phone does that lost its network. */
    void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The parts up to the file's content. */
    static byte[] opening(String metadata) {
        return """
                --%1$s\r
                Content-Disposition: form-data; name="metadata"\r
                Content-Type: application/json\r
                \r
                %2$s\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="scan.pdf"\r
                Content-Type: application/pdf\r
                \r
                """.formatted(BOUNDARY, metadata).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] ending() {
        return ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
