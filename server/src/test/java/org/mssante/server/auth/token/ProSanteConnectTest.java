package org.mssante.server.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.certs.SharedPki;
import org.mssante.core.fetch.TestWebServer;
import org.mssante.core.id.Rpps;
import org.mssante.core.tls.KeyMaterial;

/** Which access tokens count (mssante.md §6.3). */
class ProSanteConnectTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration TOLERANCE = Duration.ofSeconds(10);
    private static final String KEYS = "/protocol/openid-connect/certs";
    private static final String INTROSPECTION = "/protocol/openid-connect/token/introspect";

    private static final Issuer ISSUER = new Issuer();

    @TempDir
    Path folder;

    private TestWebServer web;

    @BeforeEach
    void publish() {
        web = TestWebServer.https(KeyMaterial.load(SharedPki.folder().resolve("operator")));
        web.put(KEYS, ISSUER.keys());
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void aTokenNamesItsProfessionalByTheNationalIdentifier() {
        assertThat(judged(ISSUER.token(NOW))).isEqualTo(new TokenVerdict.Valid(new Rpps("99700218896"), Issuer.CLIENT));
    }

    @Test
    void theFirstConfiguredClaimCounts() {
        String token = ISSUER.token(NOW, claims -> claims.claim("SubjectNameID", "899700000012"));
        assertThat(judged(token)).isEqualTo(new TokenVerdict.Valid(new Rpps("99700000012"), Issuer.CLIENT));
    }

    @Test
    void aTokenCountsUntilItsEndAndTheToleranceOfTheClock() {
        Instant issued = NOW.minusSeconds(Issuer.LIFE_SECONDS);
        assertThat(judged(ISSUER.token(issued.minus(TOLERANCE).plusSeconds(1)))).isInstanceOf(TokenVerdict.Valid.class);
        assertThat(judged(ISSUER.token(issued.minus(TOLERANCE).minusSeconds(1))))
                .isInstanceOfSatisfying(
                        TokenVerdict.NotValid.class,
                        no -> assertThat(no.detail()).contains("Expired"));
    }

    @Test
    void aTokenDoesNotCountBeforeItsBeginning() {
        Date tooSoon = Date.from(NOW.plus(TOLERANCE).plusSeconds(2));
        refused(ISSUER.token(NOW, claims -> claims.notBeforeTime(tooSoon)));
        assertThat(judged(ISSUER.token(NOW, claims -> claims.notBeforeTime(Date.from(NOW)))))
                .isInstanceOf(TokenVerdict.Valid.class);
    }

    @Test
    void aTokenSignedByThePublishedKeyAsIfItWereASecretDoesNotCount() throws Exception {
        RSAKey published =
                JWKSet.parse(new String(ISSUER.keys(), UTF_8)).getKeys().get(0).toRSAKey();
        for (byte[] secret : List.of(
                published.toRSAPublicKey().getEncoded(),
                published.toJSONString().getBytes(UTF_8))) {
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(published.getKeyID())
                            .type(JOSEObjectType.JWT)
                            .build(),
                    SignedJWT.parse(ISSUER.token(NOW)).getJWTClaimsSet());
            forged.sign(new MACSigner(secret));
            refused(forged.serialize());
        }
    }

    @Test
    void anotherIssuersTokenDoesNotCount() {
        refused(ISSUER.token(NOW, claims -> claims.issuer("https://auth.example.fr/auth/realms/other")));
    }

    @Test
    void aTokenSignedByAKeyThatIsNotPublishedDoesNotCount() {
        refused(new Issuer().token(NOW));
        refused(ISSUER.callingItsKey("other").token(NOW));
    }

    @Test
    void aTokenWithoutSignatureDoesNotCount() {
        refused(new PlainJWT(new JWTClaimsSet.Builder()
                        .issuer(Issuer.NAME)
                        .claim("azp", Issuer.CLIENT)
                        .claim("preferred_username", Issuer.PROFESSIONAL)
                        .build())
                .serialize());
    }

    @Test
    void aTokenThatWasChangedDoesNotCount() {
        String token = ISSUER.token(NOW);
        String other = ISSUER.token(NOW, claims -> claims.claim("preferred_username", "899700000012"));
        String[] parts = token.split("\\.", -1);
        refused(parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2]);
    }

    @Test
    void anIdTokenIsNoAccessToken() {
        refused(ISSUER.token(NOW, claims -> claims.claim("typ", "ID")));
        refused(ISSUER.token(NOW, new JOSEObjectType("logout+jwt"), claims -> claims));
    }

    @Test
    void aTokenForASoftwareNobodyKnowsDoesNotCount() {
        refused(ISSUER.token(NOW, claims -> claims.claim("azp", "autre")));
        refused(ISSUER.token(NOW, claims -> claims.claim("azp", null)));
    }

    @Test
    void aTokenOfALowerAssuranceDoesNotCountWhereALevelIsAskedFor() {
        ProSanteConnect strict = connect(settings(Set.of("eidas2"), Optional.empty()));
        assertThat(strict.judge(ISSUER.token(NOW))).isInstanceOf(TokenVerdict.NotValid.class);
        assertThat(strict.judge(ISSUER.token(NOW, claims -> claims.claim("acr", "eidas2"))))
                .isInstanceOf(TokenVerdict.Valid.class);
    }

    @Test
    void aTokenThatNamesNoProfessionalDoesNotCount() {
        refused(ISSUER.token(NOW, claims -> claims.claim("preferred_username", null)));
        refused(ISSUER.token(NOW, claims -> claims.claim("preferred_username", "099700218896")));
        refused(ISSUER.token(NOW, claims -> claims.claim("preferred_username", "8ABC")));
        refused("abc");
        refused("a.b.c");
    }

    @Test
    void knownKeysStandInWhileTheIssuerIsSilentAndNoneMeansLater() {
        ProSanteConnect connect = connect(settings(Set.of(), Optional.empty()));
        web.goDown();
        assertThat(connect.judge(ISSUER.token(NOW))).isInstanceOf(TokenVerdict.Unknown.class);
        web.comeBack();
        ProSanteConnect warm = connect(settings(Set.of(), Optional.empty()));
        assertThat(warm.judge(ISSUER.token(NOW))).isInstanceOf(TokenVerdict.Valid.class);
        web.goDown();
        assertThat(warm.judge(ISSUER.token(NOW))).isInstanceOf(TokenVerdict.Valid.class);
    }

    @Test
    void itIsToldWhyTheKeysOfTheIssuerAreNotKnownWhenItIsNotAskedAgainSoSoon() {
        ProSanteConnect connect = connect(settings(Set.of(), Optional.empty()));
        web.goDown();
        List<String> told = Stream.generate(() -> connect.judge(ISSUER.token(NOW)))
                .limit(3)
                .map(TokenVerdict.Unknown.class::cast)
                .map(TokenVerdict.Unknown::detail)
                .toList();
        assertThat(told.get(0)).startsWith("the keys of the issuer: Couldn't retrieve JWK set");
        assertThat(told.get(2))
                .isEqualTo("the keys of the issuer: no such key is known, and it was asked less than 10 s ago");
    }

    @Test
    void tokensThatNameUnknownKeysDoNotMakeUsAskTheIssuerEachTime() {
        ProSanteConnect connect = connect(settings(Set.of(), Optional.empty()));
        for (int i = 0; i < 20; i++) {
            assertThat(connect.judge(ISSUER.callingItsKey("unknown" + i).token(NOW)))
                    .isNotInstanceOf(TokenVerdict.Valid.class);
        }
        assertThat(web.asked()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aTokenThatItsIssuerWithdrewDoesNotCount() throws Exception {
        ProSanteConnect asking = connect(introspecting());
        web.answer(INTROSPECTION, question -> "{\"active\":false}".getBytes(StandardCharsets.UTF_8));
        assertThat(asking.judge(ISSUER.token(NOW))).isEqualTo(new TokenVerdict.NotValid("its issuer has withdrawn it"));
    }

    @Test
    void theIntrospectionNamesTheProfessionalWhereTheTokenDoesNot() throws Exception {
        ProSanteConnect asking = connect(introspecting());
        web.answer(
                INTROSPECTION,
                question -> "{\"active\":true,\"SubjectNameID\":\"899700218896\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(asking.judge(ISSUER.token(NOW, claims -> claims.claim("preferred_username", null))))
                .isEqualTo(new TokenVerdict.Valid(new Rpps("99700218896"), Issuer.CLIENT));
    }

    @Test
    void anIntrospectionThatIsSilentMeansLater() throws Exception {
        ProSanteConnect asking = connect(introspecting());
        assertThat(asking.judge(ISSUER.token(NOW))).isInstanceOf(TokenVerdict.Unknown.class);
        web.answer(INTROSPECTION, question -> "no json".getBytes(StandardCharsets.UTF_8));
        assertThat(asking.judge(ISSUER.token(NOW))).isInstanceOf(TokenVerdict.Unknown.class);
    }

    private void refused(String token) {
        assertThat(judged(token)).isInstanceOf(TokenVerdict.NotValid.class);
    }

    private TokenVerdict judged(String token) {
        return connect(settings(Set.of(), Optional.empty())).judge(token);
    }

    private static ProSanteConnect connect(TokenSettings settings) {
        return ProSanteConnect.open(settings, Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private TokenSettings introspecting() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n", StandardCharsets.UTF_8);
        return settings(
                Set.of(),
                Optional.of(new TokenSettings.Introspecting(web.address(INTROSPECTION), "operateur", secret)));
    }

    private TokenSettings settings(Set<String> assurance, Optional<TokenSettings.Introspecting> introspection) {
        return new TokenSettings(
                Issuer.NAME,
                web.address(KEYS),
                SharedPki.folder().resolve("anchors"),
                Set.of(JWSAlgorithm.RS256),
                Set.of(Issuer.CLIENT),
                List.of("SubjectNameID", "preferred_username"),
                assurance,
                TOLERANCE,
                Duration.ofHours(1),
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                introspection);
    }
}
