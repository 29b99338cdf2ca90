package org.mssante.annuaire.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.annuaire.rpps.Place;
import org.mssante.core.id.StructureId;

final class KnownSitesTest {
    private final KnownSites sites = new KnownSites();

    @Test
    void aSiteIsNewOnceHoweverManyThereAre() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(sites.isNew(site(i, "0490123456"))).isTrue();
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(sites.isNew(site(i, "0490123456"))).isFalse();
        }
    }

    @Test
    void aSiteOfWhichAnotherLineSaysSomethingElseIsNew() {
        assertThat(sites.isNew(site(1, "0490123456"))).isTrue();
        assertThat(sites.isNew(site(1, ""))).isTrue();
        assertThat(sites.isNew(site(1, "0490123456"))).isFalse();
    }

    @Test
    void aSiteOfAnotherSectorOrLegalEntityIsNew() {
        assertThat(sites.isNew(site(1, "SA07", "", ""))).isTrue();
        assertThat(sites.isNew(site(1, "SA08", "", ""))).isTrue();
        assertThat(sites.isNew(site(1, "SA08", "990000028", ""))).isTrue();
        assertThat(sites.isNew(site(1, "SA08", "990000028", ""))).isFalse();
    }

    @Test
    void aSiteOfWhichAnotherLineHasMoreNumbersIsNew() {
        StructureId siret = StructureId.siret("99900100100018");
        StructureId siren = new StructureId(StructureId.Kind.SIREN, "999001001");
        Place place = new Place("", "", "", "");

        assertThat(sites.isNew(new Activity.Site(siret, List.of(), "", "", Optional.empty(), place)))
                .isTrue();
        assertThat(sites.isNew(new Activity.Site(siret, List.of(siren), "", "", Optional.empty(), place)))
                .isTrue();
        assertThat(sites.isNew(new Activity.Site(siret, List.of(siren), "", "", Optional.empty(), place)))
                .isFalse();
    }

    private static Activity.Site site(int number, String phone) {
        return site(number, "SA07", "", phone);
    }

    private static Activity.Site site(int number, String sector, String legalEntity, String phone) {
        return new Activity.Site(
                new StructureId(StructureId.Kind.SIRET, "%014d".formatted(number)),
                List.of(),
                "CABINET",
                sector,
                Optional.of(legalEntity).filter(text -> !text.isEmpty()).map(StructureId::finess),
                new Place("1 rue de la Gare", "01000", "Bourg", phone));
    }
}
