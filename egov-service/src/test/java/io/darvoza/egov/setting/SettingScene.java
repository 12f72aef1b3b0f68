package io.darvoza.egov.setting;

import io.darvoza.egov.Http;
import io.darvoza.egov.Scene;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Administrators before a service on whose settings nobody has decided yet. */
abstract class SettingScene extends Scene {

    @Autowired
    private CurrentSettings current;

    @BeforeEach
    void undecided() {
        sql("delete from setting_version");
        changed();
    }

    /** As a change by somebody else: this instance takes it over now. */
    void changed() {
        sql("update setting_generation set generation = generation + 1");
        current.refresh().block(BOUND);
    }

    /** A setting as administrators are told of it. */
    Map<String, Object> shown(String name) {
        var json = http.get("/v1/egov/settings/" + name, Http.ADMIN).json();
        return JsonMapper.shared().convertValue(json, new TypeReference<Map<String, Object>>() {});
    }
}
