package org.wasl.screens.frame;

/**
 * A user of the demonstration's issuer, as its sign-in page lists them.
 *
 * @param name what is typed
 * @param label who this is, when the pages' texts do not say
 */
public record SignInUser(String name, String label) {}
