package io.darvoza.payments.money;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;

/** Amounts as people read them. */
public final class ShownAmount {

    private ShownAmount() {}

    /** Minor units with the currency's sign, all its digits and the language's groups, such as {@code 1 500,00 ₽}. */
    public static String of(long minor, Currency currency, Locale language) {
        NumberFormat format = NumberFormat.getCurrencyInstance(language);
        format.setCurrency(java.util.Currency.getInstance(currency.name()));
        format.setMinimumFractionDigits(currency.digits());
        format.setMaximumFractionDigits(currency.digits());
        return format.format(BigDecimal.valueOf(minor, currency.digits()));
    }
}
