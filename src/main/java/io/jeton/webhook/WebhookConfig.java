package io.jeton.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is told of what: {@code jeton.webhooks."name".url=…}. */
@ConfigMapping(prefix = "jeton.webhooks")
interface WebhookConfig {
    /** By name. What is still to be delivered to a name that is no longer here waits a week for it to come back. */
    @WithParentName
    Map<String, Declaration> all();

    /** One receiver. */
    interface Declaration {
        /** Where it listens: https, or http on this machine. */
        String url();

        /**
         * What it is told of: types of the audit trail, and {@code key.rotated}. By default what is told of
         * a device that may no longer act, and {@code key.rotated}.
         */
        @WithDefault(
                "device.revoked,device.suspended,device.retired,refresh_token.reuse,device_code.replay,key.rotated")
        List<String> events();

        /** What is sent as {@code Authorization}, for example {@code Bearer …}. A secret. */
        Optional<String> authorization();

        /** The {@code aud} of what it is sent; its name where nothing is said. */
        Optional<String> audience();
    }
}
