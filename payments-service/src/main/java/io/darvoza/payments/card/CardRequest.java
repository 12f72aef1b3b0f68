package io.darvoza.payments.card;

import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.card.model.Caps;
import io.darvoza.payments.card.model.ScheduleWindow;
import io.darvoza.payments.money.Currency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A card's terms as an administrator sends them. Holder and legal basis are required: no card without a lawful owner. */
@Schema(name = "CardTerms")
record CardRequest(
        @Nullable String bank,
        @Nullable String holder,

        @Schema(allowableValues = {"organisation", "person"}) @Nullable
        String holderKind,

        @Schema(description = "The document by which the card may be used") @Nullable
        String legalBasis,

        @Schema(description = "Month and year on the card", example = "12/29") @Nullable
        String expiry,

        @Schema(example = "Europe/Moscow") @Nullable String zone,
        @Schema(example = "100.00") @Nullable String min,
        @Schema(example = "100000.00") @Nullable String max,
        @Nullable Integer cooldownSeconds,
        @Nullable Integer priority,

        @Schema(description = "Absent or empty: every partner") @Nullable
        Set<UUID> partners,

        @Schema(description = "Absent or empty: always") @Nullable
        List<CardResponse.Window> schedule,

        CardResponse.@Nullable CapsResponse in,
        CardResponse.@Nullable CapsResponse out) {

    private static final Pattern EXPIRY = Pattern.compile("(0[1-9]|1[0-2])/([0-9]{2})");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");
    private static final int MAX_NAME = 200;
    private static final int MAX_BASIS = 500;
    private static final int MAX_WINDOWS = 50;
    private static final int MAX_PARTNERS = 200;
    private static final int DAY_SECONDS = 86_400;

    /** The terms; raises a problem that names everything wrong. */
    CardTerms toTerms(Currency currency, ZoneId usual, RequestCheck check) {
        check.require(in != null || out != null, "/in", "in or out is required");
        check.require(partners == null || partners.size() <= MAX_PARTNERS, "/partners", "at most " + MAX_PARTNERS);
        long least = check.amount("/min", min, currency, 1);
        Caps inCaps = caps("/in", in, currency, check);
        Caps outCaps = caps("/out", out, currency, check);
        String checkedBank = check.text("/bank", bank, MAX_NAME);
        String checkedHolder = check.text("/holder", holder, MAX_NAME);
        CardTerms.HolderKind kind = check.word("/holder_kind", holderKind, CardTerms.HolderKind.class);
        String basis = check.text("/legal_basis", legalBasis, MAX_BASIS);
        ZoneId place = zone(usual, check);
        LocalDate until = validUntil(check);
        long most = check.amount("/max", max, currency, least);
        int cooldown = check.number("/cooldown_seconds", cooldownSeconds, 0, DAY_SECONDS, 0);
        int rank = check.number("/priority", priority, -1000, 1000, 0);
        List<ScheduleWindow> windows = windows(check);
        check.done();
        return new CardTerms(
                checkedBank,
                checkedHolder,
                kind,
                basis,
                place,
                until,
                least,
                most,
                Duration.ofSeconds(cooldown),
                rank,
                partners == null ? Set.of() : partners,
                windows,
                inCaps,
                outCaps);
    }

    private static @Nullable Caps caps(
            String at, CardResponse.@Nullable CapsResponse wanted, Currency currency, RequestCheck check) {
        return wanted == null
                ? null
                : new Caps(
                        check.optionalAmount(at + "/hour", wanted.hour(), currency, 1),
                        check.optionalAmount(at + "/day", wanted.day(), currency, 1),
                        check.optionalAmount(at + "/month", wanted.month(), currency, 1),
                        check.count(at + "/day_count", wanted.dayCount()),
                        check.count(at + "/max_open", wanted.maxOpen()));
    }

    private ZoneId zone(ZoneId usual, RequestCheck check) {
        try {
            ZoneId place = zone == null ? usual : ZoneId.of(zone);
            check.require(ZoneId.getAvailableZoneIds().contains(place.getId()), "/zone", "a zone of the tz database");
            return place;
        } catch (DateTimeException unknown) {
            check.wrong("/zone", "a zone of the tz database");
            return usual;
        }
    }

    private LocalDate validUntil(RequestCheck check) {
        var matcher = EXPIRY.matcher(expiry == null ? "" : expiry);
        if (!matcher.matches()) {
            check.wrong("/expiry", "month and year such as 12/29");
            return LocalDate.EPOCH;
        }
        return YearMonth.of(2000 + Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)))
                .atEndOfMonth();
    }

    private List<ScheduleWindow> windows(RequestCheck check) {
        List<CardResponse.Window> wanted = schedule == null ? List.of() : schedule;
        check.require(wanted.size() <= MAX_WINDOWS, "/schedule", "at most " + MAX_WINDOWS);
        List<ScheduleWindow> windows = new ArrayList<>();
        for (int i = 0; i < Math.min(MAX_WINDOWS, wanted.size()); i++) {
            String at = "/schedule/" + i;
            CardResponse.Window window = wanted.get(i);
            int day = check.number(at + "/day", window.day(), 1, 7, 0);
            int from = minute(window.from());
            int until = minute(window.until());
            check.require(from >= 0 && until > from, at, "from and until as HH:MM, in this order");
            if (day >= 1 && day <= 7 && from >= 0 && until > from) {
                ScheduleWindow read = new ScheduleWindow(DayOfWeek.of(day), from, until);
                check.require(windows.stream().noneMatch(read::overlaps), at, "overlaps with another one");
                windows.add(read);
            }
        }
        return windows;
    }

    private static int minute(@Nullable String time) {
        if (time == null || !TIME.matcher(time).matches()) {
            return -1;
        }
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }
}
