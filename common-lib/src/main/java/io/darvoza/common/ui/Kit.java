package io.darvoza.common.ui;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;

/** What every template finds under {@code kit}: the frame's facts for this person and this request, and formats. */
public final class Kit {

    private static final List<String> PAGING = List.of("newer", "older");

    private final ServerWebExchange exchange;
    private final Preferences preferences;
    private final UiProperties properties;
    private final Assets assets;
    private final MessageSource messages;
    private final Clock clock;

    Kit(ServerWebExchange exchange, UiProperties properties, Assets assets, MessageSource messages, Clock clock) {
        this.exchange = exchange;
        this.preferences = Preferences.of(exchange.getRequest(), properties);
        this.properties = properties;
        this.assets = assets;
        this.messages = messages;
        this.clock = clock;
    }

    /** Who is signed in, or {@code null}. */
    public @Nullable Person getPerson() {
        return PersonOnPage.personOn(exchange);
    }

    /** The person's roles in words; Keycloak's own roles, which have none, are left out. */
    public List<String> getRoleNames() {
        Person person = getPerson();
        return person == null
                ? List.of()
                : person.roles().stream()
                        .map(role -> wordOr("role." + role, ""))
                        .filter(word -> !word.isEmpty())
                        .sorted()
                        .toList();
    }

    /** The areas that the person's roles open, in order. */
    public List<UiProperties.Area> getAreas() {
        Person person = getPerson();
        if (person == null) {
            return List.of();
        }
        return properties.areas().stream()
                .filter(area -> area.roles().stream().anyMatch(person.roles()::contains))
                .toList();
    }

    /** Whether this page lies in the area. */
    public boolean isIn(UiProperties.Area area) {
        String path = exchange.getRequest().getPath().value();
        return path.equals(area.path()) || path.startsWith(area.path() + "/");
    }

    public Locale getLanguage() {
        return preferences.language();
    }

    public List<Locale> getLanguages() {
        return properties.languages();
    }

    public Theme getTheme() {
        return preferences.theme();
    }

    public List<Theme> getThemes() {
        return List.of(Theme.values());
    }

    public ZoneId getZone() {
        return properties.oneZone() ? properties.zone() : preferences.zone();
    }

    /** Whether the browser's own zone does not count here. */
    public boolean isOneZone() {
        return properties.oneZone();
    }

    /** The zone in words, with its offset of now. */
    public String getZoneName() {
        String name = getZone().getDisplayName(TextStyle.FULL, getLanguage());
        String offset = getZone().getRules().getOffset(clock.instant()).getId();
        return name + " (UTC" + (offset.equals("Z") ? "" : offset) + ")";
    }

    public String getNonce() {
        return SecurityHeaders.nonce(exchange);
    }

    public String getVersion() {
        return properties.version();
    }

    public String getHelp() {
        return properties.help();
    }

    /** The address of an asset, with its content's hash. */
    public String asset(String name) {
        return assets.path(name);
    }

    /** This address with one query parameter set, or removed by {@code null}; paging starts anew. */
    public String with(String name, @Nullable Object value) {
        UriComponentsBuilder here = UriComponentsBuilder.fromPath(
                        exchange.getRequest().getPath().value())
                .query(exchange.getRequest().getURI().getRawQuery());
        PAGING.forEach(here::replaceQueryParam);
        if (value == null || value.toString().isEmpty()) {
            here.replaceQueryParam(name);
        } else {
            here.replaceQueryParam(name, "{value}");
            return here.encode().buildAndExpand(value).toUriString();
        }
        return here.build().toUriString();
    }

    /** The message, or the second word when the bundles do not know the key: for words that come from data. */
    public String wordOr(String key, String otherwise) {
        return Objects.requireNonNull(messages.getMessage(key, null, otherwise, getLanguage()));
    }

    /** The plural form of a message for a count, which is its first argument. */
    public String count(String key, long count) {
        String form = key + Plural.of(count, getLanguage()).suffix();
        return messages.getMessage(form, new Object[] {number(count)}, getLanguage());
    }

    /** One plural form with its place for the count, for scripts; {@code null} where the language has no such form. */
    public @Nullable String form(String key, String form) {
        return messages.getMessage(key + "." + form, new Object[] {"{0}"}, null, getLanguage());
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(getLanguage()).format(number);
    }

    /** A size in the largest unit that leaves at least one of it; units are decimal, as disks and phones count. */
    public String size(long bytes) {
        String unit = bytes < 1_000 ? "b" : bytes < 1_000_000 ? "kb" : "mb";
        double amount = bytes < 1_000 ? bytes : bytes < 1_000_000 ? bytes / 1e3 : bytes / 1e6;
        NumberFormat format = NumberFormat.getInstance(getLanguage());
        format.setMaximumFractionDigits(amount < 10 && bytes >= 1_000 ? 1 : 0);
        return messages.getMessage("kit.size." + unit, new Object[] {format.format(amount)}, getLanguage());
    }

    public Moment moment(Instant instant) {
        Moment moment = Moment.of(instant, clock.instant(), getZone(), getLanguage());
        return properties.oneZone() ? moment.withUtc(instant) : moment;
    }
}
