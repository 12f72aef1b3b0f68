package io.darvoza.local.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection that stays open, for requests one after the other. As little as HTTP/1.1 needs: the client shares the cores
 * with what is measured, and is not it.
 */
final class HttpLine implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final String host;
    private final BufferedInputStream in;

    HttpLine(int port) {
        try {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            this.socket.setTcpNoDelay(true);
            this.socket.setSoTimeout(TIMEOUT_MILLIS);
            this.in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.host = "127.0.0.1:" + port;
    }

    /** Header names in small letters. */
    record Answer(int status, Map<String, String> headers, String body) {

        /** What stands behind {@code "name":"} in the body. */
        String member(String name) {
            var start = body.indexOf("\"" + name + "\":\"");
            if (start < 0) {
                throw new IllegalStateException("no " + name + " in " + body);
            }
            var from = start + name.length() + 4;
            return body.substring(from, body.indexOf('"', from));
        }
    }

    /** Sends, and reads the whole answer. */
    Answer send(String method, String path, Map<String, String> headers, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(bytes.length)
                    .append("\r\n");
        }
        var request = new ByteArrayOutputStream();
        try {
            request.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            request.write(bytes);
            request.writeTo(socket.getOutputStream());
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e.getMessage(), e);
        }
    }

    private Answer answer() throws IOException {
        var status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = headers.containsKey("transfer-encoding")
                ? chunks()
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        for (var length = chunkLength(); length > 0; length = chunkLength()) {
            all.write(in.readNBytes(length));
            skipLine();
        }
        skipLine();
        return all.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private void skipLine() throws IOException {
        var ignored = line();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
