package org.mssante.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large documents from a real web server on loopback, through a real proxy, with everything that goes wrong on the way. */
class DownloadsTest {
    private static final String PATH = "/extract.zip";
    private static final int SIZE = 300_000;
    private static final long NO_RESERVE = 0;

    @TempDir
    private Path folder;

    private final TestWebServer server = TestWebServer.http();
    private final byte[] document = octets(1);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bringsADocumentAndAsksTheNextTimeOnlyWhetherItChanged() throws IOException {
        server.put(PATH, document);

        Answer first = get(downloads(), Answer.Version.none());
        assertThat(first).isInstanceOf(Answer.Stored.class);
        assertThat(part()).hasBinaryContent(document);

        Answer.Version version = ((Answer.Stored) first).version();
        downloads().discard(part());
        assertThat(get(downloads(), version)).isEqualTo(new Answer.NotModified());
        assertThat(part()).doesNotExist();
        assertThat(server.asked()).containsExactly("GET " + PATH + " 200", "GET " + PATH + " 304");
    }

    @Test
    void goesOnWhereItWasBrokenOff() {
        server.put(PATH, document);
        server.cutAfter(PATH, 100_000);

        assertThat(get(downloads(), Answer.Version.none())).isInstanceOf(Answer.Failed.class);
        assertThat(part()).exists();
        assertThat(get(downloads(), Answer.Version.none())).isInstanceOf(Answer.Stored.class);

        assertThat(part()).hasBinaryContent(document);
        assertThat(server.asked()).containsExactly("GET " + PATH + " 200", "GET " + PATH + " 206");
    }

    @Test
    void beginsAnewWhereTheDocumentHasChangedSince() {
        server.put(PATH, document);
        server.cutAfter(PATH, 100_000);
        get(downloads(), Answer.Version.none());
        byte[] next = octets(2);
        server.put(PATH, next);

        assertThat(get(downloads(), Answer.Version.none())).isInstanceOf(Answer.Stored.class);

        assertThat(part()).hasBinaryContent(next);
        assertThat(server.asked()).containsExactly("GET " + PATH + " 200", "GET " + PATH + " 200");
    }

    @Test
    void beginsAnewWhereAllStandsAlready() {
        server.put(PATH, document);
        get(downloads(), Answer.Version.none());

        assertThat(get(downloads(), Answer.Version.none())).isInstanceOf(Answer.Stored.class);

        assertThat(part()).hasBinaryContent(document);
        assertThat(server.asked())
                .containsExactly("GET " + PATH + " 200", "GET " + PATH + " 416", "GET " + PATH + " 200");
    }

    @Test
    void refusesWhatIsTooLargeBeforeTheFirstOctet() throws IOException {
        server.put(PATH, document);

        assertThat(get(downloads(limits(SIZE - 1, NO_RESERVE)), Answer.Version.none()))
                .isEqualTo(new Answer.Failed("it is larger than " + (SIZE - 1) + " bytes"));
        assertThat(Files.notExists(part()) || Files.size(part()) == 0).isTrue();

        assertThat(get(downloads(limits(SIZE, NO_RESERVE)), Answer.Version.none()))
                .isInstanceOf(Answer.Stored.class);
    }

    @Test
    void leavesTheDiskTheRoomThatIsToStayFree() throws IOException {
        server.put(PATH, document);
        long free = Files.getFileStore(folder).getUsableSpace();

        Answer answer = get(downloads(limits(SIZE, free + 1_000_000_000L)), Answer.Version.none());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class, failed -> assertThat(failed.why()).contains("no room"));
        assertThat(Files.notExists(part()) || Files.size(part()) == 0).isTrue();
    }

    @Test
    void givesUpAServerThatFallsSilentAndKeepsWhatCame() throws IOException {
        server.put(PATH, document);
        server.cutAfter(PATH, 100_000);
        server.getStuck(PATH);
        Downloads.Limits hasty =
                new Downloads.Limits(Duration.ofSeconds(30), Duration.ofMillis(300), SIZE, NO_RESERVE, Set.of());

        assertThat(get(downloads(hasty), Answer.Version.none()))
                .isEqualTo(new Answer.Failed("it sent nothing for PT0.3S"));
        assertThat(Files.size(part())).isEqualTo(100_000);

        assertThat(get(downloads(), Answer.Version.none())).isInstanceOf(Answer.Stored.class);
        assertThat(part()).hasBinaryContent(document);
    }

    @Test
    void isThroughInItsTimeOrGivesUp() {
        server.put(PATH, document);
        server.getStuck(PATH);
        server.cutAfter(PATH, 1);
        Downloads.Limits hasty =
                new Downloads.Limits(Duration.ofMillis(300), Duration.ofSeconds(30), SIZE, NO_RESERVE, Set.of());

        assertThat(get(downloads(hasty), Answer.Version.none()))
                .isEqualTo(new Answer.Failed("it was not through after PT0.3S"));
    }

    @Test
    void followsToTheSameHostAndToThoseTheOperatorNamed() {
        server.put("/static/2026.zip", document);
        server.move(PATH, "/static/2026.zip");

        assertThat(get(downloads(), Answer.Version.none())).isInstanceOf(Answer.Stored.class);
        assertThat(part()).hasBinaryContent(document);

        URI byNumber = URI.create(server.address("/static/2026.zip").toString().replace("localhost", "127.0.0.1"));
        server.move(PATH, byNumber.toString());
        assertThat(get(downloads(), Answer.Version.none()))
                .isEqualTo(new Answer.Failed("it is moved to http://127.0.0.1, which is not allowed"));
        Downloads.Limits allowing = new Downloads.Limits(
                Duration.ofSeconds(30), Duration.ofSeconds(30), SIZE, NO_RESERVE, Set.of("127.0.0.1"));
        assertThat(get(downloads(allowing), Answer.Version.none())).isInstanceOf(Answer.Stored.class);
    }

    @Test
    void isNotSentRoundInCircles() {
        server.move(PATH, PATH);

        assertThat(get(downloads(), Answer.Version.none()))
                .isEqualTo(new Answer.Failed("it is moved more than 4 times"));
    }

    @Test
    void asksAProxyInsteadOfTheHostAndSaysWhoItIs() {
        server.put(PATH, document);
        try (TestProxy proxy = TestProxy.asking("Basic bWU6c2VzYW1l")) {
            assertThat(get(new Downloads(web(new WebProxy(proxy.address(), Optional.empty())), limits()), none()))
                    .isEqualTo(new Answer.Failed("it answered HTTP 407"));
            assertThat(server.asked()).isEmpty();

            WebProxy known = new WebProxy(proxy.address(), Optional.of("Basic bWU6c2VzYW1l"));
            assertThat(get(new Downloads(web(known), limits()), none())).isInstanceOf(Answer.Stored.class);

            assertThat(part()).hasBinaryContent(document);
            assertThat(proxy.asked()).last().isEqualTo("GET " + server.address(PATH));
        }
    }

    @Test
    void aServerThatIsDownLeavesNothing() {
        server.goDown();

        assertThat(get(downloads(), Answer.Version.none())).isEqualTo(new Answer.Failed("it answered HTTP 503"));
        assertThat(part()).doesNotExist();
    }

    private Path part() {
        return folder.resolve("extract.part");
    }

    private Answer get(Downloads downloads, Answer.Version known) {
        return downloads.get(server.address(PATH), known, part());
    }

    private static Answer.Version none() {
        return Answer.Version.none();
    }

    private static Downloads downloads() {
        return downloads(limits());
    }

    private static Downloads downloads(Downloads.Limits limits) {
        return new Downloads(new WebClient(List::of, Optional.empty(), webLimits()), limits);
    }

    private static WebClient web(WebProxy proxy) {
        return new WebClient(List::of, Optional.of(proxy), webLimits());
    }

    private static WebClient.Limits webLimits() {
        return new WebClient.Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), 1_000);
    }

    private static Downloads.Limits limits() {
        return limits(SIZE, NO_RESERVE);
    }

    private static Downloads.Limits limits(long maxBytes, long reserve) {
        return new Downloads.Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), maxBytes, reserve, Set.of());
    }

    private static byte[] octets(long seed) {
        byte[] octets = new byte[SIZE];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
