package org.mssante.dmp.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.AdhocQueryType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.SlotType1;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ValueListType;

class QueryParametersTest {
    @Test
    void readsStringsListsAndNumbers() throws Exception {
        assertThat(list("'INS^^^&1.2&ISO^NH'")).containsExactly("INS^^^&1.2&ISO^NH");
        assertThat(list("('a','b')")).containsExactly("a", "b");
        assertThat(list("( 'a' ,\n 'it''s' )")).containsExactly("a", "it's");
        assertThat(list("20261119")).containsExactly("20261119");
        assertThat(list("('a')", "('b','c')")).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "()", "a", "'a", "a'", "'a','b'", "('a' 'b')", "('a',)", "'a''", "('a'", "('a'))"})
    void refusesWhatIsNoValue(String text) {
        assertThatThrownBy(() -> list(text)).isInstanceOf(QueryParameters.MalformedException.class);
    }

    @Test
    void slotsOfTheSameNameAreAllRequired() throws Exception {
        AdhocQueryType query = new AdhocQueryType();
        query.getSlot().add(slot("('a','b')"));
        query.getSlot().add(slot("('c')"));
        assertThat(QueryParameters.of(query).all("$x")).containsExactly(List.of("a", "b"), List.of("c"));
    }

    private static List<String> list(String... values) throws QueryParameters.MalformedException {
        AdhocQueryType query = new AdhocQueryType();
        query.getSlot().add(slot(values));
        return QueryParameters.of(query).list("$x");
    }

    private static SlotType1 slot(String... values) {
        ValueListType list = new ValueListType();
        list.getValue().addAll(List.of(values));
        SlotType1 slot = new SlotType1();
        slot.setName("$x");
        slot.setValueList(list);
        return slot;
    }
}
