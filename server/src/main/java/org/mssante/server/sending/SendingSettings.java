package org.mssante.server.sending;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.settings.Settings;

/**
 * The {@code sending.*} settings.
 *
 * @param window within which the recipients of a mailbox are counted
 */
public record SendingSettings(Duration window, SendingLimits limits) {
    private static final Pattern ENTRY = Pattern.compile("([A-Z]{3}):([0-9]{1,12})");

    public static SendingSettings from(Settings settings) {
        Duration window = settings.positiveDuration("sending.window");
        Map<MailboxType, Long> recipients = byType(settings, "sending.recipients.max");
        Map<MailboxType, Long> messageBytes = byType(settings, "sending.message.max.bytes");
        Map<MailboxType, Long> attachments = byType(settings, "sending.attachments.max");
        Map<MailboxType, Long> attachmentBytes = byType(settings, "sending.attachments.max.bytes");
        Map<MailboxType, SendingLimits.OfType> limits = new EnumMap<>(MailboxType.class);
        for (MailboxType type : MailboxType.values()) {
            limits.put(
                    type,
                    new SendingLimits.OfType(
                            recipients.get(type),
                            messageBytes.get(type),
                            attachments.get(type),
                            attachmentBytes.get(type)));
        }
        return new SendingSettings(window, new SendingLimits(limits));
    }

    /** E.g. {@code PER:500,CAB:1000,ORG:2000,APP:0}; 0 is no limit. */
    private static Map<MailboxType, Long> byType(Settings settings, String key) {
        Map<MailboxType, Long> limits = new EnumMap<>(MailboxType.class);
        for (String entry : settings.list(key)) {
            Matcher form = ENTRY.matcher(entry);
            if (!form.matches()) {
                throw settings.wrong(key, "holds " + entry + ", which is not of the form PER:500");
            }
            long limit = Long.parseLong(form.group(2));
            limits.put(type(settings, key, form.group(1)), limit == 0 ? Long.MAX_VALUE : limit);
        }
        for (MailboxType type : MailboxType.values()) {
            if (!limits.containsKey(type)) {
                throw settings.wrong(key, "says nothing of mailboxes of type " + type);
            }
        }
        return limits;
    }

    private static MailboxType type(Settings settings, String key, String name) {
        try {
            return MailboxType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw settings.wrong(key, "holds " + name + ", which is none of PER, ORG, APP, CAB");
        }
    }
}
