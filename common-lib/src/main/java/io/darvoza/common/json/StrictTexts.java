package io.darvoza.common.json;

import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** For services whose texts would lose something as numbers: an amount its digits, an identification number its leading zeros. */
public final class StrictTexts {

    private StrictTexts() {}

    /** Lets a text member be a text, not a number or a boolean; anything else cannot be read. */
    public static void require(JsonMapper.Builder json) {
        json.withCoercionConfig(
                LogicalType.Textual,
                texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }
}
