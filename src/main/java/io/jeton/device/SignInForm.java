package io.jeton.device;

/**
 * The form that asks who the person is.
 *
 * @param userCode the code that is carried along; empty where there is none
 * @param name what was typed before
 * @param error what is wrong with it; empty where nothing is
 */
public record SignInForm(String userCode, String name, String error) {}
