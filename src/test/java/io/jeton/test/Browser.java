package io.jeton.test;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without JavaScript: keeps cookies, follows no redirect, fills in the hidden fields of the page it has. */
public final class Browser {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    public static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    /** Of everybody in {@code microprofile-config.properties}. */
    public static final String PASSWORD = "correct horse";

    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> hidden = new HashMap<>();
    private final RestAssuredConfig config;

    private Browser(RestAssuredConfig config) {
        this.config = config;
    }

    private static RestAssuredConfig from(String address) {
        try {
            return RestAssured.config()
                    .redirect(RedirectConfig.redirectConfig().followRedirects(false))
                    .httpClient(HttpClientConfig.httpClientConfig()
                            .setParam("http.route.local-address", InetAddress.getByName(address)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Browser at(String address) {
        return new Browser(from(address));
    }

    public static Browser signedIn(String name) {
        Browser browser = at("127.0.0.1");
        browser.get("/device").then().statusCode(200);
        browser.signIn(name, PASSWORD).then().statusCode(303);
        browser.get("/device").then().statusCode(200);
        return browser;
    }

    public Response get(String path) {
        return seen(request().get(path));
    }

    /** Sends the form of the page, its hidden fields included. */
    public Response post(String path, String... fields) {
        Map<String, String> form = new HashMap<>(hidden);
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return seen(request().contentType(FORM).formParams(form).post(path));
    }

    public Response signIn(String name, String password) {
        return post("/device/sign-in", "name", name, "password", password);
    }

    public Response enter(String code) {
        return post("/device", "user_code", code);
    }

    public Response decide(String decision) {
        return post("/device/decision", "decision", decision);
    }

    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    public void setCookie(String name, String value) {
        cookies.put(name, value);
    }

    /** The page as it is open in another tab. */
    public Browser copy() {
        Browser copy = new Browser(config);
        copy.cookies.putAll(cookies);
        copy.hidden.putAll(hidden);
        return copy;
    }

    public void takeCookies(Browser other) {
        cookies.clear();
        cookies.putAll(other.cookies);
    }

    public void forgetHidden(String name) {
        hidden.remove(name);
    }

    public RequestSpecification request() {
        return given().config(config).cookies(cookies);
    }

    private Response seen(Response response) {
        cookies.putAll(response.getCookies());
        cookies.values().removeIf(String::isEmpty);
        Matcher fields = HIDDEN.matcher(response.asString());
        while (fields.find()) {
            hidden.put(fields.group(1), fields.group(2));
        }
        return response;
    }
}
