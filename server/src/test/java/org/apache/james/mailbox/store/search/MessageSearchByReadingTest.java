package org.apache.james.mailbox.store.search;

/** James' contract where no text has been stored yet: what is asked of it is read. */
class MessageSearchByReadingTest extends JdbcMessageSearchTest {
    @Override
    void storeTexts() {
        // none
    }
}
