package io.jeton;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** What must never be found where others look: in a dump of the database, in the log. */
@ServiceTest
class LeakTest {
    @Test
    void aDumpHoldsNothingThatCanBePresentedAndTheLogNeither() {
        List<String> secrets = new ArrayList<>(List.of(TestClients.SECRET, TestClients.PASSWORD));
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        Handler listener = listener(log);
        Logger.getLogger("").addHandler(listener);
        try {
            TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
            secrets.addAll(List.of(
                    device.deviceCode(), device.userCode(), device.userCode().replace("-", "")));
            Response answer = device.poll();
            String refreshToken = answer.path("refresh_token");
            secrets.addAll(List.of(refreshToken, answer.path("access_token"), answer.path("id_token")));
            answer = device.refresh(refreshToken);
            secrets.addAll(List.of(answer.path("refresh_token"), answer.path("access_token")));
            device.refresh(answer.path("refresh_token")).then().statusCode(200);
            // Refused and reused: the log speaks of both.
            device.refresh(refreshToken).then().statusCode(400);
            device.poll().then().statusCode(400);
            TestService.token().then().statusCode(200);
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
        assertTrue(log.toString().contains("refresh_token.reuse"), "the log was listened to");
        String dump = dump();
        assertTrue(dump.contains(TestClients.DEVICE) && dump.contains("sealed_private"), "the dump is one");
        for (String secret : secrets) {
            for (String form : forms(secret)) {
                assertFalse(dump.contains(form), "the dump holds a secret");
                assertFalse(log.toString().contains(form), "the log holds a secret");
            }
        }
    }

    @Test
    void noPrivateKeyIsStoredInTheClear() {
        for (Map<String, Object> row : Database.query("select sealed_private from signing_key")) {
            String sealed = HexFormat.of().formatHex((byte[]) row.get("sealed_private"));
            // The object identifiers that every PKCS #8 private key of our kinds begins with (RFC 5958, RFC 5480).
            for (String oid : List.of("2a8648ce3d0201", "2a864886f70d010101", "06032b6570")) {
                assertFalse(sealed.contains(oid));
            }
            assertTrue(sealed.startsWith("01"), "the format of sealing");
        }
    }

    /** A secret as it is, the part of a sealed token that counts, and both as a dump writes bytes. */
    private static List<String> forms(String secret) {
        List<String> forms =
                new ArrayList<>(List.of(secret, HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))));
        if (secret.startsWith("jrt_") || secret.startsWith("jdc_")) {
            byte[] sealed = Base64.getUrlDecoder().decode(secret.substring(4));
            byte[] tag = Arrays.copyOfRange(sealed, sealed.length - 16, sealed.length);
            forms.add(secret.substring(4));
            forms.add(HexFormat.of().formatHex(sealed));
            forms.add(HexFormat.of().formatHex(tag));
            forms.add(Base64.getEncoder().encodeToString(tag));
        }
        return forms;
    }

    /** Everything pg_dump would write: each row of each table as text. */
    private static String dump() {
        StringBuilder dump = new StringBuilder();
        for (Map<String, Object> table :
                Database.query("select tablename from pg_tables where schemaname = 'public'")) {
            String name = (String) table.get("tablename");
            dump.append(Database.query("select row_to_json(t)::text as row from \"" + name + "\" t"));
        }
        return dump.toString();
    }

    private static Handler listener(List<String> log) {
        PatternFormatter formatter = new PatternFormatter("%m%e%n");
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(formatter.format(ExtLogRecord.wrap(entry)));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
