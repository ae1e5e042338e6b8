package io.jeton.device;

/**
 * The form that asks who the person is.
 *
 * @param userCode the code that is carried along; empty where there is none
 * @param next where the person wanted to: {@link #DEVICES}, or empty for the code
 * @param name what was typed before
 * @param error what is wrong with it; empty where nothing is
 */
public record SignInForm(String userCode, String next, String name, String error) {
    /** The person's own devices. */
    static final String DEVICES = "devices";

    static SignInForm forCode(String userCode) {
        return new SignInForm(userCode, "", "", "");
    }

    /** @param error what happened meanwhile; empty where nothing did */
    static SignInForm forDevices(String error) {
        return new SignInForm("", DEVICES, "", error);
    }

    /** The same, typed once more. */
    SignInForm again(String typedName, String why) {
        return new SignInForm(userCode, next, typedName, why);
    }

    /** Where a person who is signed in goes, below the issuer's path. */
    String target() {
        return next.equals(DEVICES) ? "/devices" : "/device" + (userCode.isEmpty() ? "" : "?user_code=" + userCode);
    }
}
