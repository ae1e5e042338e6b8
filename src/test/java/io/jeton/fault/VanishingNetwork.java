package io.jeton.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to a machine that can be lost without a word: nothing comes back, and nothing is closed, refused or reset. */
final class VanishingNetwork implements AutoCloseable {
    private final Set<Path> paths = ConcurrentHashMap.newKeySet();
    /** They stay open until the end, whatever is done to them. */
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private final AtomicInteger lost = new AtomicInteger();
    private final int machine;
    private final ServerSocket listener;
    private volatile boolean away;

    /** @param machine the port of what is at the other end */
    VanishingNetwork(int machine) throws IOException {
        this.machine = machine;
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        run(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections were lost; each is silent for ever. */
    int lost() {
        return lost.get();
    }

    /** Every connection that there is falls silent; a new one finds another machine, on which all is as it was. */
    void loseConnections() {
        paths.forEach(Path::fallSilent);
    }

    /** The same, and until {@link #comeBack} there is no other machine yet. */
    void vanish() {
        away = true;
        loseConnections();
    }

    void comeBack() {
        away = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void listen() throws IOException {
        while (true) {
            Socket asker = listener.accept();
            sockets.add(asker);
            if (away) {
                lost.incrementAndGet();
            } else {
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), machine);
                sockets.add(onward);
                asker.setTcpNoDelay(true);
                onward.setTcpNoDelay(true);
                Path path = new Path(asker, onward);
                paths.add(path);
                run(() -> path.pass(asker, onward));
                run(() -> path.pass(onward, asker));
            }
        }
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The connection is closed, which says it all.
                    }
                },
                "vanishing-network");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does. */
    private interface Work {
        void run() throws IOException;
    }

    private final class Path {
        private final Socket asker;
        private final Socket onward;
        private volatile boolean silent;

        Path(Socket asker, Socket onward) {
            this.asker = asker;
            this.onward = onward;
        }

        /** Until its end, which is an end for both; or until nothing passes any more, not even an end. */
        void pass(Socket from, Socket to) throws IOException {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] bytes = new byte[8192];
                int count = in.read(bytes);
                while (count >= 0 && !silent) {
                    out.write(bytes, 0, count);
                    count = in.read(bytes);
                }
            } finally {
                end();
            }
        }

        void fallSilent() {
            if (paths.remove(this)) {
                silent = true;
                lost.incrementAndGet();
            }
        }

        private void end() throws IOException {
            if (paths.remove(this)) {
                close(asker);
                close(onward);
            }
        }

        private void close(Socket socket) throws IOException {
            sockets.remove(socket);
            socket.close();
        }
    }
}
