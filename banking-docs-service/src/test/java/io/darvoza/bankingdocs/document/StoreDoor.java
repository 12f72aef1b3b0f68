package io.darvoza.bankingdocs.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before an object store and lets requests pass, slowly, in part, or not at all. */
final class StoreDoor implements AutoCloseable {

    /** How much of a request passes before something happens to it. */
    private static final int PART = 100_000;

    enum Manner {
        OPEN,
        /** A pause with every piece. */
        SLOW,
        /** The connection ends in the middle of a request. */
        CUT,
        /** The rest of the request is never taken. */
        HANGING,
        /** No connection lives. */
        SHUT
    }

    private final ServerSocket door;
    private final URI store;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Manner manner = Manner.OPEN;

    StoreDoor(URI store) throws IOException {
        this.store = store;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    String uri() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** Holds for requests from now on. */
    void is(Manner now) {
        manner = now;
        open.forEach(StoreDoor::end);
        open.clear();
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (manner == Manner.SHUT) {
                    end(client);
                    continue;
                }
                Socket behind = new Socket(store.getHost(), store.getPort());
                open.add(client);
                open.add(behind);
                Thread.ofVirtual().start(() -> pass(client, behind, true));
                Thread.ofVirtual().start(() -> pass(behind, client, false));
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean request) {
        byte[] piece = new byte[16_384];
        long passed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                passed += read;
                if (request && manner == Manner.SLOW) {
                    Thread.sleep(10);
                }
                if (request && passed > PART && manner == Manner.CUT) {
                    return;
                }
                while (request && passed > PART && manner == Manner.HANGING) {
                    Thread.sleep(10);
                }
            }
        } catch (IOException ended) {
            // One of the two has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // So it is closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        is(Manner.SHUT);
    }
}
