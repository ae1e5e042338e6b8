package io.jeton.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer of the plainest kind: one connection goes to the first, the next to the second. It hands on bytes, so that
 * broken requests arrive as they are, and comes from the address of whoever asks.
 */
final class RoundRobin implements AutoCloseable {
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile List<Integer> ports = List.of();

    RoundRobin() {
        try {
            listener = new ServerSocket(0, 1024, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections it has handed on. */
    int connections() {
        return connections.get();
    }

    void to(List<Integer> these) {
        ports = these;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() throws IOException {
        while (true) {
            Socket asker = listener.accept();
            int port = ports.get(connections.getAndIncrement() % ports.size());
            run(() -> handOn(asker, port));
        }
    }

    private static void handOn(Socket asker, int port) throws IOException {
        try (asker;
                Socket replica = new Socket()) {
            asker.setTcpNoDelay(true);
            replica.setTcpNoDelay(true);
            replica.bind(new InetSocketAddress(asker.getInetAddress(), 0));
            replica.connect(new InetSocketAddress(InetAddress.getByName("localhost"), port));
            Thread forth = run(() -> copy(asker, replica));
            copy(replica, asker);
            forth.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until its end, which is handed on too; whoever breaks off, breaks off both. */
    private static void copy(Socket from, Socket to) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (SocketException e) {
            from.close();
            to.close();
        }
    }

    private static Thread run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The connection is closed, which says it all.
                    }
                },
                "round-robin");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What a thread does. */
    private interface Work {
        void run() throws IOException;
    }
}
