package io.jeton.database;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection to PostgreSQL that owes an answer and says nothing, from its opening on. One that waits for work
 * owes nothing. Below the codec: what closes from above it takes leave first, and waits for an answer to that.
 */
final class SilenceLimit extends ChannelDuplexHandler {
    private static final Logger LOG = Logger.getLogger(SilenceLimit.class);
    private static final int CHECKS = 4;

    /** ReadyForQuery: the end of every answer (PostgreSQL manual, "Message Formats"), without its last byte. */
    private static final long READY = 0x5A_0000_0005L;

    private static final int READY_BYTES = 6;
    private static final long READY_MASK = 0xFFFF_FFFF_FFFFL;

    private final Duration limit;
    private @Nullable Future<?> checks;
    private boolean owed;
    private long since;
    /** What came last, wherever the network cut it. */
    private long latest;

    SilenceLimit(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long pause = limit.toNanos() / CHECKS;
        checks = context.executor().scheduleWithFixedDelay(() -> check(context), pause, pause, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (checks != null) {
            checks.cancel(false);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!owed) {
            owed = true;
            since = System.nanoTime();
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            since = System.nanoTime();
            owed = owed && !endsReady(bytes);
        }
        context.fireChannelRead(message);
    }

    private boolean endsReady(ByteBuf bytes) {
        int end = bytes.writerIndex();
        for (int i = Math.max(bytes.readerIndex(), end - READY_BYTES); i < end; i++) {
            latest = (latest << 8 | bytes.getUnsignedByte(i)) & READY_MASK;
        }
        return latest >>> 8 == READY;
    }

    private void check(ChannelHandlerContext context) {
        if (owed && System.nanoTime() - since > limit.toNanos()) {
            LOG.warnf("a connection to the database is closed: no answer within %s", limit);
            ChannelFuture unused = context.close();
        }
    }
}
