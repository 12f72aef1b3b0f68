package io.darvoza.endtoend.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/** How a visitor looks at a page: the window's width, the device's theme, the browser's language, with scripts or not. */
record Look(int width, ColorScheme theme, String language, boolean scripts) {

    static final Look DESK = new Look(1440, ColorScheme.LIGHT, "ru", true);

    Look wide(int width) {
        return new Look(width, theme, language, scripts);
    }

    Look withoutScripts() {
        return new Look(width, theme, language, false);
    }

    Browser.NewContextOptions context() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(theme)
                .setLocale(language)
                .setTimezoneId("Asia/Dushanbe")
                .setJavaScriptEnabled(scripts);
    }
}
