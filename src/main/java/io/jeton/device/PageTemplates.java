package io.jeton.device;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages, checked against their parameters when the service is built. Everything they show is escaped. */
@CheckedTemplate(basePath = "device")
final class PageTemplates {
    private PageTemplates() {}

    static native TemplateInstance code(PageFrame frame, CodeForm form);

    static native TemplateInstance signIn(PageFrame frame, SignInForm form);

    static native TemplateInstance confirm(PageFrame frame, Confirmation request);

    static native TemplateInstance notice(PageFrame frame, Notice notice);

    static native TemplateInstance devices(PageFrame frame, DeviceCards cards);

    static native TemplateInstance oneDevice(PageFrame frame, DeviceCard device, String told, String error);

    static native TemplateInstance revocation(PageFrame frame, DeviceCard device);

    static native TemplateInstance home(PageFrame frame);
}
