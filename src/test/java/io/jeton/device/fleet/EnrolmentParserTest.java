package io.jeton.device.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

/** Files of devices: RFC 4180, JSON lines, RFC 7517 keys, RFC 7638 thumbprints. */
class EnrolmentParserTest {
    private static final String THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    private static final String OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void aTableIsReadWithQuotesLineBreaksAndEmptyFields() {
        PublicJsonWebKey key = TestKeys.ec();
        EnrolmentFile file = csv("\uFEFFserial,model,name,owner,public_jwk,key_thumbprint\r\n"
                + "a-1,\"K, 9\",\"the \"\"big\"\" one\",,," + THUMBPRINT + "\r\n"
                + "a-2,,,ada," + TestKeys.quoted(TestKeys.json(key)) + ",\r\n");
        assertEquals(List.of(), file.bad());
        EnrolmentLine first = file.good().get(0);
        assertEquals(Optional.of("K, 9"), first.model());
        assertEquals(Optional.of("the \"big\" one"), first.name());
        assertEquals(Optional.empty(), first.owner());
        assertEquals(THUMBPRINT, first.key().thumbprint());
        EnrolmentLine second = file.good().get(1);
        assertEquals(Optional.of("ada"), second.owner());
        assertEquals(TestKeys.thumbprint(key), second.key().thumbprint());
        assertEquals(Optional.empty(), second.model());
    }

    @Test
    void aRecordIsNamedByTheLineItBeginsIn() {
        EnrolmentFile file =
                csv("\nserial,name,key_thumbprint\r\n1,\"a\r\nb\",x\r\n \r\n2,a\"b,\rx,\"\",\n\n3,\"c\"\"\n\",x");
        assertEquals(
                List.of(3, 6, 7, 9), file.bad().stream().map(BadLine::number).toList());
    }

    @Test
    void jsonLinesAreReadWithTheKeyAsAnObjectOrAString() {
        PublicJsonWebKey ec = TestKeys.ec();
        PublicJsonWebKey ed = TestKeys.ed25519();
        EnrolmentFile file = json("{\"serial\":\"1\",\"public_jwk\":" + TestKeys.json(ec) + ",\"owner\":null}\n\n"
                + "{\"serial\":\"2\",\"public_jwk\":\"" + TestKeys.json(ed).replace("\"", "\\\"") + "\"}\n"
                + "{\"serial\":\"3\",\"key_thumbprint\":\"" + THUMBPRINT + "\",\"model\":\"\u00E4\"}");
        assertEquals(List.of(), file.bad());
        assertEquals(
                List.of(TestKeys.thumbprint(ec), TestKeys.thumbprint(ed), THUMBPRINT),
                file.good().stream().map(line -> line.key().thumbprint()).toList());
        assertEquals(
                List.of(1, 3, 4),
                file.good().stream().map(EnrolmentLine::number).toList());
    }

    @Test
    void everyBadLineIsNamedWithItsNumberAndItsReason() {
        EnrolmentFile file = csv("serial,name,key_thumbprint\n"
                + "1,,short\n"
                + ",x," + THUMBPRINT + "\n"
                + "3,,\n"
                + "4," + "x".repeat(101) + "," + THUMBPRINT + "\n"
                + "5," + THUMBPRINT + "\n"
                + "6,ok," + THUMBPRINT + "\n"
                + "7,ok," + THUMBPRINT + "\n"
                + "6,other," + OTHER + "\n"
                + "6,ok," + THUMBPRINT + "\n"
                + "8,," + "A".repeat(42) + "B\n");
        assertEquals(
                List.of(
                        new BadLine(2, "key_thumbprint is not a SHA-256 thumbprint in base64url, 43 characters"),
                        new BadLine(3, "serial is missing"),
                        new BadLine(4, "public_jwk or key_thumbprint is missing"),
                        new BadLine(5, "name must have 1 to 100 characters, none of them a control character"),
                        new BadLine(6, "the line has 2 fields, the header has 3"),
                        new BadLine(8, "the same key as in line 7"),
                        new BadLine(9, "the same serial as in line 7"),
                        new BadLine(11, "key_thumbprint is not a SHA-256 thumbprint in base64url, 43 characters")),
                file.bad());
        assertEquals(1, file.good().size());
        assertEquals(1, file.identical());
        assertTrue(file.readable());
    }

    @Test
    void aKeyThatADeviceMustNotHaveIsRefused() {
        PublicJsonWebKey ec = TestKeys.ec();
        String whole = ec.toJson(OutputControlLevel.INCLUDE_PRIVATE);
        assertEquals(
                "public_jwk holds a private or a secret key: it is compromised now, give the device another one",
                refusal(whole));
        assertTrue(refusal("{\"kty\":\"oct\",\"k\":\"AAAA\"}").startsWith("public_jwk holds a private or a secret"));
        for (PublicJsonWebKey unfit : List.of(TestKeys.p384(), TestKeys.rsa(1024), TestKeys.rsa(4104))) {
            assertTrue(refusal(TestKeys.json(unfit)).startsWith("public_jwk must be an EC key on P-256"));
        }
        // One that the token endpoint would refuse: a modulus need not be a product of primes to be too long.
        String tooLong = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + "_".repeat(684) + "\"}";
        assertTrue(refusal(tooLong).endsWith("RSA key of 2048 to 4096 bits"), refusal(tooLong));
        String beside = TestKeys.json(ec).replaceAll("\"y\":\"[^\"]+\"", "\"y\":\"" + "A".repeat(42) + "E\"");
        assertTrue(refusal(beside).startsWith("public_jwk "), refusal(beside));
        for (String none : List.of(
                "{}", "{\"kty\":\"EC\"}", "{\"kty\":1}", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":[],\"y\":\"\"}")) {
            assertEquals("public_jwk is not a public key (RFC 7517)", refusal(none));
        }
        assertEquals(
                "public_jwk is not for signatures",
                refusal(TestKeys.json(ec).replaceFirst("\\{", "{\"use\":\"enc\",")));
    }

    @Test
    void aKeyIsKeptWithoutWhatDoesNotMakeIt() {
        PublicJsonWebKey rsa = TestKeys.rsa(2048);
        rsa.setKeyId("x");
        EnrolmentLine line = json("{\"serial\":\"1\",\"public_jwk\":" + TestKeys.json(rsa) + "}")
                .good()
                .get(0);
        assertEquals(TestKeys.thumbprint(rsa), line.key().thumbprint());
        assertFalse(line.key().publicJwk().orElseThrow().contains("kid"));
    }

    @Test
    void aThumbprintThatIsNotTheKeysIsRefused() {
        EnrolmentFile file = json("{\"serial\":\"1\",\"key_thumbprint\":\"" + THUMBPRINT + "\",\"public_jwk\":"
                + TestKeys.json(TestKeys.ec()) + "}");
        assertEquals(List.of(new BadLine(1, "key_thumbprint is not the thumbprint of public_jwk")), file.bad());
    }

    @Test
    void whatIsNoFileOfDevicesIsRefusedWhole() {
        unreadable(csv(""), 1, "the file is empty");
        unreadable(csv("serial,colour,key_thumbprint\n"), 1, "an unknown column");
        unreadable(csv("serial,serial,key_thumbprint\n"), 1, "a column stands there twice");
        unreadable(csv("model,key_thumbprint\n"), 1, "the column serial is missing");
        unreadable(csv("serial,model\n"), 1, "the columns public_jwk and key_thumbprint are missing");
        unreadable(csv("serial,key_thumbprint\n1," + THUMBPRINT + "\n2,\"open\n3,x\n"), 3, "the line is not CSV");
        unreadable(
                EnrolmentParser.parse("serial,key_thumbprint\n\u00E4,x".getBytes(ISO_8859_1), EnrolmentFormat.CSV),
                2,
                "the file is not in UTF-8");
        unreadable(
                EnrolmentParser.parse(new byte[EnrolmentParser.LARGEST + 1], EnrolmentFormat.JSON_LINES),
                0,
                "the file is larger than 10 MB");
        unreadable(
                json("{}\n".repeat(EnrolmentParser.MOST_LINES + 1)),
                EnrolmentParser.MOST_LINES + 1,
                "the file has more than 100000 devices");
    }

    @Test
    void aJsonLineIsStrict() {
        for (String bad : List.of(
                "[]",
                "{",
                "{\"serial\":\"1\",\"serial\":\"2\"}",
                "{\"serial\":\"1\"} {}",
                "{\"public_jwk\":" + "{\"a\":".repeat(20) + "1" + "}".repeat(20) + "}")) {
            assertEquals(
                    List.of(new BadLine(1, "the line is not a JSON object, or a name stands in it twice")),
                    json(bad).bad());
        }
        assertEquals(
                "serial must be a string", json("{\"serial\":1}").bad().get(0).reason());
        assertTrue(json("{\"colour\":\"red\"}").bad().get(0).reason().startsWith("an unknown field"));
        assertTrue(json("{\"serial\":\"\\ud800\"}").bad().get(0).reason().startsWith("serial must have"));
    }

    private static String refusal(String jwk) {
        EnrolmentFile file = json("{\"serial\":\"1\",\"public_jwk\":" + jwk + "}");
        assertEquals(1, file.bad().size(), jwk);
        return file.bad().get(0).reason();
    }

    private static void unreadable(EnrolmentFile file, int line, String reason) {
        assertFalse(file.readable());
        BadLine last = file.bad().get(file.bad().size() - 1);
        assertTrue(last.reason().startsWith(reason), last.toString());
        assertTrue(line == 0 || last.number() == line, last.toString());
    }

    private static EnrolmentFile csv(String text) {
        return EnrolmentParser.parse(text.getBytes(UTF_8), EnrolmentFormat.CSV);
    }

    private static EnrolmentFile json(String text) {
        return EnrolmentParser.parse(text.getBytes(UTF_8), EnrolmentFormat.JSON_LINES);
    }
}
