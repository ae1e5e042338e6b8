package io.jeton.keys;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.List;
import org.jboss.logging.Logger;

/** The key-encryption keys: asked for at start, and again where a file holds them, as a mounted secret is swapped. */
@ApplicationScoped
final class EncryptionKeys {
    private static final Logger LOG = Logger.getLogger(EncryptionKeys.class);
    private static final int BEFORE_ANYTHING_IS_OPENED = 1;

    private final EncryptionKeySource currentSource;
    private final EncryptionKeySource previousSource;
    private final KeyEncryption encryption;
    private byte[] current;
    private List<byte[]> previous;
    private String refused = "";

    /** @throws ConfigurationException saying what to set */
    EncryptionKeys(EncryptionKeysConfig config, Randomness randomness) {
        this.currentSource = EncryptionKeySource.ofCurrent(config);
        this.previousSource = EncryptionKeySource.ofPrevious(config);
        this.current = currentSource.readOne();
        this.previous = previousSource.readAll();
        this.encryption = new KeyEncryption(randomness, current, previous);
    }

    /** On the thread that starts: a program may take its time. */
    void start(@Observes @Priority(BEFORE_ANYTHING_IS_OPENED) StartupEvent event) {
        tell();
    }

    /** On a worker thread, as it returns no Uni. */
    @Scheduled(every = "{jeton.keys.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void check() {
        try {
            byte[] presentCurrent = currentSource.isFile() ? currentSource.readOne() : current;
            List<byte[]> presentPrevious = previousSource.isFile() ? previousSource.readAll() : previous;
            refused = "";
            if (!MessageDigest.isEqual(current, presentCurrent) || !same(previous, presentPrevious)) {
                current = presentCurrent;
                previous = presentPrevious;
                encryption.renew(current, previous);
                tell();
            }
        } catch (ConfigurationException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(refused)) {
                LOG.errorf("the key-encryption keys stay as they are: %s", message);
            }
            refused = message;
        }
    }

    /** For whoever seals something at rest. */
    @Produces
    @Singleton
    KeyEncryption encryption() {
        return encryption;
    }

    private void tell() {
        LOG.infof("key-encryption key %s seals, %s open", encryption.currentId(), encryption.formerIds());
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = MessageDigest.isEqual(some.get(i), others.get(i));
        }
        return same;
    }
}
