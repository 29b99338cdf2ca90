package org.mssante.dmp.bridge.receipt;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;
import org.mssante.dmp.bridge.extract.MailHeader;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.OwedReceipt;
import org.mssante.dmp.bridge.ledger.StoredMessage;

/** Decides whether a receipt is owed for a mail all of whose documents have ended, and in which form. */
public final class ReceiptPolicy {
    /** RFC 5321 §4.5.3.1: 64 octets, an @, 255 octets. */
    private static final int MAX_ADDRESS = 320;

    private ReceiptPolicy() {}

    /**
     * Empty where nobody is to be told.
     *
     * @param message its header is enough
     */
    public static Optional<OwedReceipt> receipt(StoredMessage message, List<DocumentOutcome> outcomes) {
        MailHeader header = MailHeader.of(message.content());
        // no document, no receipt, and what may hold one is none; the null sender and reports get no answer (RFC 3834
        // §2, RFC 8098 §3)
        boolean none = outcomes.stream().allMatch(outcome -> outcome.state() == DocumentState.NOTED);
        if (none || message.sender().isEmpty() || header.isReport()) {
            return Optional.empty();
        }
        Optional<String> asked = header.receiptTo()
                .flatMap(ReceiptPolicy::address)
                .filter(address -> mayNotify(address, header, message.sender()));
        if (asked.isPresent()) {
            return Optional.of(OwedReceipt.of(message.id(), OwedReceipt.Kind.NOTIFICATION, asked.get()));
        }
        // a machine is answered where it asks, and only then
        if (header.isAutomatic()) {
            return Optional.empty();
        }
        boolean refused = outcomes.stream().anyMatch(outcome -> outcome.state() == DocumentState.REFUSED);
        return refused
                ? Optional.of(OwedReceipt.of(message.id(), OwedReceipt.Kind.MAIL, message.sender()))
                : Optional.empty();
    }

    /** No automatic notification to an address that is not the one the mail came from (RFC 8098 §2.1). */
    private static boolean mayNotify(String address, MailHeader header, String sender) {
        String origin = header.returnPath().flatMap(ReceiptPolicy::address).orElse(sender);
        return address.equalsIgnoreCase(origin);
    }

    private static Optional<String> address(String text) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(text, false);
            return addresses.length == 1
                    ? Optional.ofNullable(addresses[0].getAddress())
                            .filter(address -> address.indexOf('@') > 0 && address.length() <= MAX_ADDRESS)
                    : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
