package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.reader;
import static io.jeton.test.TestOperator.token;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.crypto.Randomness;
import io.jeton.protocol.Identifier;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestKey;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("/admin/devices/import: zero-touch enrolment")
class EnrolmentApiTest {
    private static final String IMPORT = "/admin/devices/import";
    private static final String OF_CLIENT = IMPORT + "?client=" + TestClients.DEVICE;
    private static final String HEADER = "serial,model,owner,key_thumbprint\n";

    private final String mark = UUID.randomUUID().toString();
    private final Randomness randomness = new Randomness();

    @Test
    void aFileIsImportedAndCanBeSentAgain() throws Exception {
        String file = HEADER + line(1) + line(2) + line(3);
        csv(OF_CLIENT, file)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("imported", equalTo(3))
                .body("identical", equalTo(0))
                .body("bad_lines", equalTo(0))
                .body("bad", hasSize(0))
                .body("status", equalTo(null));
        assertEquals(3, count());
        csv(OF_CLIENT, file).then().statusCode(200).body("imported", equalTo(0)).body("identical", equalTo(3));
        assertEquals(3, count());
        reader().get("/admin/devices?serial_prefix=" + mark)
                .then()
                .body("items", hasSize(3))
                .body("items[0].client_id", equalTo(TestClients.DEVICE));
        Eventually.holds(() -> Database.query(
                                "select 1 from audit_event where type = 'device.enrolled' and actor_id = ? and reason = ?",
                                TestClients.OPERATOR,
                                "3 devices of a file")
                        .size()
                >= 1);
    }

    @Test
    void jsonLinesAreImportedToo() {
        String line = "{\"serial\": \"" + mark + "\", \"model\": \"K-9\", \"owner\": \"" + TestClients.PERSON
                + "\", \"public_jwk\": " + TestKey.es256().publicJson() + "}\n";
        for (String type : List.of("application/jsonl", "application/x-ndjson; charset=utf-8")) {
            given().header("Authorization", "Bearer " + token("jeton:admin"))
                    .header("Content-Type", type)
                    .body(line.getBytes(StandardCharsets.UTF_8))
                    .post(OF_CLIENT)
                    .then()
                    .statusCode(200);
        }
        assertEquals(1, count());
    }

    @Test
    void aBadLineIsNamedByItsNumberAndNothingIsImported() {
        String file = HEADER + line(1) + mark + "-2,K-9,,short\n" + line(3) + mark + "-4,K-9,nobody," + key() + "\n";
        csv(OF_CLIENT, file)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("status", equalTo(422))
                .body("imported", equalTo(0))
                .body("bad_lines", equalTo(2))
                .body("bad.line", equalTo(List.of(3, 5)))
                .body("bad[0].reason", containsString("key_thumbprint"))
                .body("bad[1].reason", equalTo("there is no account of this owner"))
                .body("detail", equalTo("the file has bad lines, and nothing was imported"));
        assertEquals(0, count());
    }

    @Test
    void askedSoAllButTheBadAreImported() {
        String file = HEADER + line(1) + mark + "-2,K-9,,short\n" + line(3);
        csv(OF_CLIENT + "&bad_lines=skip", file)
                .then()
                .statusCode(200)
                .body("imported", equalTo(2))
                .body("bad_lines", equalTo(1))
                .body("bad.line", equalTo(List.of(3)));
        assertEquals(2, count());
    }

    @Test
    void manyDevicesComeInOneFile() {
        String file = HEADER + IntStream.range(0, 20_000).mapToObj(this::line).collect(Collectors.joining());
        csv(OF_CLIENT, file).then().statusCode(200).body("imported", equalTo(20_000));
        assertEquals(20_000, count());
        Database.update("delete from device where serial like ?", mark + "%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?client=",
                "?client=%00",
                "?client=a&client=b",
                "?client=test-device&bad_lines=yes",
                "?client=test-device&bad_lines=SKIP",
                "?client=test-device&format=csv"
            })
    void aWrongParameterIsAProblemAndNothingIsImported(String query) {
        admin().urlEncodingEnabled(false)
                .header("Content-Type", "text/csv")
                .body((HEADER + line(1)).getBytes(StandardCharsets.UTF_8))
                .post(IMPORT + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        assertEquals(0, count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serial\n", "x", "{}", "[]", "\0", "serial,serial\n", "serial,key_thumbprint\n,\n"})
    void whatIsNoFileOfDevicesIsRefused(String file) {
        for (String type : List.of("text/csv", "application/jsonl")) {
            Response answer = admin().header("Content-Type", type)
                    .body(file.getBytes(StandardCharsets.UTF_8))
                    .post(OF_CLIENT);
            boolean nothing = file.isEmpty() && type.equals("application/jsonl");
            assertEquals(nothing ? 200 : 422, answer.statusCode(), type + ": " + file);
            answer.then().body("imported", equalTo(0));
        }
        assertEquals(0, count());
    }

    @Test
    void anotherTypeIsRefused() {
        for (String type : List.of("application/json", "text/plain", "text/csvx")) {
            admin().header("Content-Type", type)
                    .body((HEADER + line(1)).getBytes(StandardCharsets.UTF_8))
                    .post(OF_CLIENT)
                    .then()
                    .statusCode(415)
                    .contentType("application/problem+json")
                    .body("detail", equalTo("the body must be text/csv or application/jsonl"));
        }
        assertEquals(0, count());
    }

    @Test
    void aClientThatIsNotThereHasNoDevices() {
        csv(IMPORT + "?client=nobody", HEADER + line(1))
                .then()
                .statusCode(422)
                .body("bad.line", equalTo(List.of(0)))
                .body("bad.reason", equalTo(List.of("there is no such client")));
        assertEquals(0, count());
    }

    @Test
    void whoMayNotIsRefusedBeforeTheFileIsRead() {
        byte[] file = (HEADER + line(1)).getBytes(StandardCharsets.UTF_8);
        given().header("Content-Type", "text/csv")
                .body(file)
                .post(OF_CLIENT)
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        reader().header("Content-Type", "text/csv")
                .body(file)
                .post(OF_CLIENT)
                .then()
                .statusCode(403);
        assertEquals(0, count());
    }

    @Test
    void tenMegabytesAreEnough() throws Exception {
        String head = "POST " + OF_CLIENT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + token("jeton:admin") + "\r\nContent-Type: text/csv\r\nContent-Length: 12000000\r\n\r\n";
        assertEquals("HTTP/1.1 413", firstLine(head));
        byte[] many = new byte[10 * 1024 * 1024 + 1];
        admin().header("Content-Type", "text/csv")
                .body(many)
                .post(OF_CLIENT)
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
    }

    @Test
    void otherBodiesAreAsSmallAsEver() throws Exception {
        for (String path : List.of("/admin/revocations", "/token", "/admin/devices/import/x")) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 300000\r\n\r\n";
            assertEquals("HTTP/1.1 413", firstLine(head), path);
        }
        String chunked = "POST /admin/revocations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + token("jeton:admin") + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(5) + "0\r\n\r\n";
        assertEquals("HTTP/1.1 413", firstLine(chunked));
    }

    private static String firstLine(String request) throws Exception {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 413".length()), StandardCharsets.US_ASCII);
        }
    }

    private static Response csv(String path, String file) {
        return admin().header("Content-Type", "text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    private String line(int number) {
        return mark + "-" + number + ",K-9,," + key() + "\n";
    }

    private String key() {
        return Identifier.of(randomness.bytes(32));
    }

    private long count() {
        return (long) Database.one("select count(*) from device where serial like ?", mark + "%")
                .get("count");
    }
}
