package io.jeton.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.managed.Source;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Secrets of clients are in no text")
class ClientSecretsTest {
    private static final HeldSecrets HELD = new HeldSecrets(
            "a-hash", new byte[] {1}, new Client.FormerSecret("another-hash", Instant.EPOCH, new byte[] {2}));

    @Test
    void ofWhatWasMadeAndOfWhatIsWritten() {
        ClientRow row = new ClientRow(ClientSpecification.UNSAID, HELD, Source.API);
        assertEquals("HeldSecrets[]", HELD.toString());
        assertEquals("Made[]", new ClientSecrets.Made(HELD, "a-secret").toString());
        assertEquals("client[]", ClientRows.row(row).toString());
    }
}
