package io.jeton.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.jeton.test.ServiceTest;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@DisplayName("RFC 9110 §15.5.6: a 405 names the methods of the resource, and OPTIONS the same")
class AllowedMethodsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /token                             | OPTIONS, POST
                    /device_authorization              | OPTIONS, POST
                    /revoke                            | OPTIONS, POST
                    /introspect                        | OPTIONS, POST
                    /userinfo                          | GET, HEAD, OPTIONS, POST
                    /statuslists                       | GET, HEAD, OPTIONS
                    /statuslists/0                     | GET, HEAD, OPTIONS
                    /                                  | GET, HEAD, OPTIONS
                    /device                            | GET, HEAD, OPTIONS, POST
                    /device/qr.svg                     | GET, HEAD, OPTIONS
                    /devices                           | GET, HEAD, OPTIONS
                    /devices/x                         | GET, HEAD, OPTIONS
                    /devices/x/revocation              | GET, HEAD, OPTIONS, POST
                    /admin/audit                       | GET, HEAD, OPTIONS
                    /admin/clients                     | GET, HEAD, OPTIONS, POST
                    /admin/devices                     | GET, HEAD, OPTIONS
                    /admin/devices/import              | OPTIONS, POST
                    /admin/keys/x                      | GET, HEAD, OPTIONS
                    /admin/keys/x/compromised          | OPTIONS, POST
                    """)
    void ofTheFramework(String path, String methods) {
        given().options(path).then().statusCode(200).header("Allow", equalTo(methods));
        for (String method : Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
            if (!Set.of(methods.split(", ")).contains(method)) {
                given().request(method, path).then().statusCode(405).header("Allow", equalTo(methods));
            }
        }
    }

    /** Several classes begin with these paths, and the framework answers a wrong method with 404 there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /admin/clients/x                   | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
                    /admin/clients/x/disable           | OPTIONS, POST
                    /admin/clients/x/secret/former     | DELETE, OPTIONS
                    /admin/users/x                     | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
                    /admin/users/x/disable             | OPTIONS, POST
                    /admin/devices/x                   | GET, HEAD, OPTIONS, PATCH
                    """)
    void ofWhatSeveralClassesServe(String path, String methods) {
        given().options(path).then().statusCode(200).header("Allow", equalTo(methods));
    }

    @ParameterizedTest
    @CsvSource({"/jwks", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    void ofTheDocumentsThatAreServedPastIt(String path) {
        for (String method : Set.of("OPTIONS", "POST", "PUT", "DELETE", "TRACE")) {
            given().request(method, path).then().statusCode(405).header("Allow", equalTo("GET, HEAD"));
        }
    }
}
