package org.mssante.core.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.mssante.core.settings.Settings;

/**
 * A proxy between us and web servers: asked for the document under http, for a tunnel under https.
 *
 * @param credentials value of the field Proxy-Authorization (RFC 9110 §11.7.2); empty where it lets everybody through
 */
public record WebProxy(InetSocketAddress address, Optional<String> credentials) {
    static {
        // to let us name ourselves to a proxy when it is asked for a tunnel (RFC 7617); the JDK reads this once, with
        // its first client
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    /**
     * The proxy of the setting {@code key} ({@code host:port}), with the name and password of the file that
     * {@code key.credentials} names ({@code name:password}, RFC 7617); empty where none is set.
     */
    public static Optional<WebProxy> from(Settings settings, String key) {
        Optional<String> credentials = settings.optionalText(key + ".credentials")
                .map(file -> basic(settings, key + ".credentials", Path.of(file)));
        return settings.optionalText(key).map(text -> new WebProxy(address(settings, key, text), credentials));
    }

    /** Leads a client through the proxy, or through none, whatever the system properties of the JDK name. */
    public static void use(Optional<WebProxy> proxy, HttpClient.Builder client) {
        client.proxy(proxy.map(WebProxy::address).map(ProxySelector::of).orElseGet(() -> ProxySelector.of(null)));
    }

    /** Says who we are, where the proxy asks for it. */
    public void introduce(HttpRequest.Builder request) {
        credentials.ifPresent(known -> request.header("Proxy-Authorization", known));
    }

    private static InetSocketAddress address(Settings settings, String key, String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return InetSocketAddress.createUnresolved(
                        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw settings.wrong(key, "must be host:port (" + e.getMessage() + ")");
        }
        throw settings.wrong(key, "must be host:port");
    }

    private static String basic(Settings settings, String key, Path file) {
        try {
            String pair = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (pair.indexOf(':') < 1 || pair.lines().count() > 1) {
                throw settings.wrong(key, "names a file that does not hold one line name:password");
            }
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw settings.wrong(key, "names " + file + ", which does not exist or cannot be read");
        }
    }
}
