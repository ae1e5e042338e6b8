package io.jeton.test;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A device: asks for a code, is approved by a person, polls, refreshes. */
public final class TestDevice {
    public static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final String clientId;
    private String deviceCode = "";
    private String userCode = "";

    private TestDevice(String clientId) {
        this.clientId = clientId;
    }

    /** A device that has its codes. */
    public static TestDevice asking(String clientId, String... parameters) {
        Response response = post("/device_authorization", with(Map.of("client_id", clientId), parameters));
        response.then().statusCode(200);
        return having(clientId, response);
    }

    /** A device that has these codes. */
    public static TestDevice having(String clientId, Response response) {
        TestDevice device = new TestDevice(clientId);
        device.deviceCode = response.path("device_code");
        device.userCode = response.path("user_code");
        return device;
    }

    /** A device that a person approved. */
    public static TestDevice approved(String clientId, String... parameters) {
        return asking(clientId, parameters).approve();
    }

    /** A POST of form parameters. */
    public static Response post(String path, Map<String, String> parameters) {
        return given().contentType("application/x-www-form-urlencoded; charset=utf-8")
                .formParams(parameters)
                .post(path);
    }

    public String deviceCode() {
        return deviceCode;
    }

    public String userCode() {
        return userCode;
    }

    /** The row of this device's authorization: the newest of its client. */
    public Map<String, Object> row() {
        return Database.one(
                "select * from device_authorization where client_id = ? order by created_at desc limit 1", clientId);
    }

    public Object id() {
        return row().get("id");
    }

    /** The person's approval, without the page. */
    public TestDevice approve() {
        return decide("APPROVED");
    }

    /** The person's refusal, without the page. */
    public TestDevice deny() {
        return decide("DENIED");
    }

    public Response poll(String... parameters) {
        return post(
                "/token",
                with(Map.of("grant_type", GRANT, "client_id", clientId, "device_code", deviceCode), parameters));
    }

    public Response refresh(String refreshToken, String... parameters) {
        return post(
                "/token",
                with(
                        Map.of("grant_type", "refresh_token", "client_id", clientId, "refresh_token", refreshToken),
                        parameters));
    }

    /** The refresh token that the approved device gets. */
    public String redeem(String... parameters) {
        Response response = poll(parameters);
        response.then().statusCode(200);
        return response.path("refresh_token");
    }

    /** The row of the device's refresh token. */
    public Map<String, Object> tokenRow() {
        return Database.one("select * from refresh_token where id = ?", row().get("refresh_token_id"));
    }

    private TestDevice decide(String state) {
        Database.update(
                "update device_authorization set state = ?, account_id = ?, authenticated_at = now() where id = ?",
                state,
                person(),
                id());
        return this;
    }

    /** The id of the tests' person. */
    public static UUID person() {
        return (UUID) Database.one("select id from account where name = ?", TestClients.PERSON)
                .get("id");
    }

    private static Map<String, String> with(Map<String, String> parameters, String... more) {
        Map<String, String> all = new HashMap<>(parameters);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
