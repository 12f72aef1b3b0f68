package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the desk writes what the operations tell, for templates. */
public final class Words {

    private static final Map<String, String> SIGNS = Map.of("RUB", "₽", "KZT", "₸", "USD", "$");

    private final Locale language;
    private final ZoneId zone;
    private final Instant now;

    Words(Locale language, ZoneId zone, Instant now) {
        this.language = language;
        this.zone = zone;
        this.now = now;
    }

    /** An amount of the contract with its currency, such as {@code 1 200,00 ₽}; a dash for none. */
    public String money(@Nullable String amount, String currency) {
        if (amount == null) {
            return "—";
        }
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        return format.format(new BigDecimal(amount)) + "\u00a0" + SIGNS.getOrDefault(currency, currency);
    }

    /** A moment of the contract; null for none. */
    public @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    /** The beginning of an id, which is enough to speak of it. */
    public String brief(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    /** A card number as people read it: {@code •••• 0004}. */
    public String card(@Nullable String mask) {
        return mask == null ? "—" : "•••• " + mask.substring(mask.length() - 4);
    }

    /** A time as an input of date and minute takes it, in the tenant's zone. */
    public String input(@Nullable String time) {
        return time == null || !time.endsWith("Z")
                ? String.valueOf(time == null ? "" : time)
                : DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")
                        .format(Instant.parse(time).atZone(zone));
    }

    /** Where an order stands, by colour, icon and word. */
    public State state(Facts order) {
        return State.of(order);
    }

    /** How far an order is from the time at which a supervisor is told. */
    public Patience patience(Facts order) {
        return Patience.of(order, now);
    }

    /** How much of a bound is used, in percent; null where there is no bound. */
    public @Nullable Integer share(@Nullable String used, @Nullable String more, @Nullable String cap) {
        if (cap == null) {
            return null;
        }
        BigDecimal sum = new BigDecimal(used == null ? "0" : used).add(new BigDecimal(more == null ? "0" : more));
        return sum.movePointRight(2)
                .divide(new BigDecimal(cap), RoundingMode.HALF_UP)
                .intValue();
    }

    /** Seconds as people say them: {@code 4:05}. */
    public String span(@Nullable Number seconds) {
        if (seconds == null) {
            return "—";
        }
        Duration span = Duration.ofSeconds(Math.round(seconds.doubleValue()));
        return span.toHours() > 0
                ? "%d:%02d:%02d".formatted(span.toHours(), span.toMinutesPart(), span.toSecondsPart())
                : "%d:%02d".formatted(span.toMinutesPart(), span.toSecondsPart());
    }

    /** Whether a moment of the contract is later than another. */
    public boolean after(String moment, String other) {
        return Instant.parse(moment).isAfter(Instant.parse(other));
    }

    /** Whether a moment of the contract has come. */
    public boolean over(String moment) {
        return !Instant.parse(moment).isAfter(now);
    }

    /** Whether an amount of the contract is more than another. */
    public boolean isMore(String amount, String bound) {
        return new BigDecimal(amount).compareTo(new BigDecimal(bound)) > 0;
    }

    /** A share of one as percent. */
    public String percent(@Nullable Number share) {
        return share == null ? "" : NumberFormat.getPercentInstance(language).format(share.doubleValue());
    }

    /** Basis points as percent. */
    public String bps(@Nullable Number bps) {
        NumberFormat format = NumberFormat.getPercentInstance(language);
        format.setMaximumFractionDigits(2);
        return bps == null ? "—" : format.format(bps.doubleValue() / 10_000);
    }

    /** What an order costs a partner: a share, not less than, not more than. */
    public String commission(Facts commission, String currency) {
        String most = commission.text("max");
        String bounds = money(commission.text("min"), currency) + (most == null ? "…" : " – " + money(most, currency));
        return bps((Number) commission.get("bps")) + " · " + bounds;
    }

    /** The hour of a moment, in the tenant's zone. */
    public String hour(Instant moment) {
        return DateTimeFormatter.ofPattern("HH:mm").format(moment.atZone(zone));
    }

    /** The terms of a card or a partner as the fields of its form hold them. */
    public Facts terms(Facts object) {
        return Terms.fields(object);
    }

    /** A whole card number in groups of four. */
    public String pan(String number) {
        return number.replaceAll("(.{4})(?!$)", "$1 ");
    }
}
