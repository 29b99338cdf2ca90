package org.mssante.server.trust;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebClient;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.settings.Settings;

/**
 * What an operator configures of the trust space.
 *
 * @param anchors the folder of the authorities, {@code *.pem}
 * @param folder of our own data, where lists are kept
 * @param refresh how often files are looked at for changes
 */
public record TrustSettings(
        Listing list, Revocation revocation, Fetching fetching, Path anchors, Path folder, Duration refresh) {

    /**
     * The trust list.
     *
     * @param address where it is published; empty: {@code file} is read, which somebody else replaces
     * @param hostAnchors the folder of the authorities of the publisher's web server
     * @param interval between two fetches
     * @param signer who has to have signed it
     * @param history lists kept
     */
    public record Listing(
            Optional<URI> address,
            Path file,
            Path hostAnchors,
            Duration interval,
            ListSigner signer,
            TrustListVerifier.Limits limits,
            TrustListInForce.Rules rules,
            TrustAlarms.Limits alarms,
            int history) {}

    /**
     * Revocation.
     *
     * @param lists the folder of revocation lists, {@code *.crl}, which somebody else fills
     * @param addresses of lists to be fetched
     * @param maxAddresses lists are fetched from, configured and named together
     * @param named whether lists are fetched from where certificates say, too
     * @param interval between two fetches of a list
     * @param ocsp whether a responder is asked where lists do not tell
     * @param responder asked in place of the one certificates name
     * @param ocspAge after which an answer is asked anew
     * @param ocspAnswers remembered
     */
    public record Revocation(
            Path lists,
            List<URI> addresses,
            int maxAddresses,
            boolean named,
            Duration interval,
            boolean ocsp,
            Optional<URI> responder,
            Duration ocspAge,
            int ocspAnswers) {}

    /**
     * How documents are fetched.
     *
     * @param proxy asked instead of the hosts
     * @param backOff the waits after each failure in a row
     */
    public record Fetching(Optional<WebProxy> proxy, List<Duration> backOff, WebClient.Limits limits) {}

    /**
     * Keys: see {@code conf/server/server.properties}, {@code trust.*}; each is shown and explained there.
     *
     * @param folder of the service's own data
     */
    public static TrustSettings from(Settings settings, Path folder) {
        return new TrustSettings(
                listing(settings),
                revocation(settings),
                fetching(settings),
                settings.path("trust.anchors"),
                folder.resolve("trust"),
                settings.duration("trust.refresh"));
    }

    private static Listing listing(Settings settings) {
        return new Listing(
                settings.optionalHttps("trust.list.url"),
                settings.path("trust.list.file"),
                settings.path("trust.list.host.anchors"),
                settings.duration("trust.list.interval"),
                ListSigner.configured(settings),
                new TrustListVerifier.Limits(
                        settings.number("trust.list.max.bytes", 1_000, 1_000_000_000),
                        settings.duration("trust.list.clock.tolerance")),
                new TrustListInForce.Rules(
                        settings.number("trust.list.drop.max.percent", 0, 100),
                        settings.duration("trust.list.unchecked.max")),
                new TrustAlarms.Limits(
                        settings.duration("trust.list.unchecked.alarm"),
                        settings.duration("trust.list.age.alarm"),
                        settings.duration("trust.expiry.alarm")),
                settings.number("trust.list.history", 1, 100_000));
    }

    private static Revocation revocation(Settings settings) {
        List<URI> addresses = settings.list("trust.crl.urls").stream()
                .map(url -> web(settings, "trust.crl.urls", url))
                .toList();
        int maxAddresses = settings.number("trust.crl.addresses.max", 0, 100_000);
        if (addresses.size() > maxAddresses) {
            throw settings.wrong("trust.crl.urls", "has more addresses than trust.crl.addresses.max");
        }
        return new Revocation(
                settings.path("trust.crls"),
                addresses,
                maxAddresses,
                settings.flag("trust.crl.named"),
                settings.duration("trust.crl.interval"),
                settings.flag("trust.ocsp"),
                settings.optionalText("trust.ocsp.responder").map(url -> web(settings, "trust.ocsp.responder", url)),
                settings.duration("trust.ocsp.max.age"),
                settings.number("trust.ocsp.answers", 1, 10_000_000));
    }

    private static Fetching fetching(Settings settings) {
        return new Fetching(
                WebProxy.from(settings, "trust.fetch.proxy"),
                FetchTimes.backOff(settings, "trust.fetch.backoff"),
                new WebClient.Limits(
                        settings.duration("trust.fetch.connect.timeout"),
                        settings.duration("trust.fetch.timeout"),
                        settings.number("trust.fetch.max.bytes", 1_000, 1_000_000_000)));
    }

    private static URI web(Settings settings, String key, String text) {
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && address.getHost() != null) {
                return address;
            }
            throw settings.wrong(key, "holds " + text + ", which is no http or https address");
        } catch (IllegalArgumentException e) {
            throw settings.wrong(key, "holds " + text + ", which is no address (" + e.getMessage() + ")");
        }
    }
}
