package fivefold;

import io.github.serverlesscsvetl.CastOptions;
import io.github.serverlesscsvetl.CastType;
import io.github.serverlesscsvetl.ConcatenateOptions;
import io.github.serverlesscsvetl.ConvertTimeZoneOptions;
import io.github.serverlesscsvetl.DeDuplicateOptions;
import io.github.serverlesscsvetl.DeriveOptions;
import io.github.serverlesscsvetl.Disambiguation;
import io.github.serverlesscsvetl.ExtraParts;
import io.github.serverlesscsvetl.HashOptions;
import io.github.serverlesscsvetl.KeptDuplicate;
import io.github.serverlesscsvetl.LetterCase;
import io.github.serverlesscsvetl.MapValuesOptions;
import io.github.serverlesscsvetl.MaskOptions;
import io.github.serverlesscsvetl.OtherValue;
import io.github.serverlesscsvetl.RoundOptions;
import io.github.serverlesscsvetl.RoundingMode;
import io.github.serverlesscsvetl.SplitOptions;
import io.github.serverlesscsvetl.Transform;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** Every transform, with every option. */
final class EveryTransform {
  private EveryTransform() {}

  static List<Transform> create(final Construct scope) {
    ISecret key = Secret.fromSecretNameV2(scope, "HashKey", "shop/hash-key");
    return List.of(
        Transform.trim("product", "unit"),
        Transform.cast(
            "price",
            CastType.NUMBER,
            CastOptions.builder().decimalChar(",").groupChar(".").bareNumber(false).build()),
        Transform.cast("quantity", CastType.INTEGER, CastOptions.builder().groupChar(".").build()),
        Transform.cast(
            "paid",
            CastType.BOOLEAN,
            CastOptions.builder().trueValues(List.of("ja")).falseValues(List.of("nein")).build()),
        Transform.cast("ordered", CastType.DATE, CastOptions.builder().inputFormat("%d.%m.%Y").build()),
        Transform.filter("quantity > 0"),
        Transform.fillMissing("unit", "piece"),
        Transform.replace("product", " & ", " and "),
        Transform.replacePattern("product", "\\s+", " "),
        Transform.changeCase("country", LetterCase.UPPER),
        Transform.derive(
            "total",
            "quantity * price",
            DeriveOptions.builder().scale(2).rounding(RoundingMode.HALF_UP).build()),
        Transform.round(
            "price", RoundOptions.builder().scale(3).rounding(RoundingMode.HALF_DOWN).build()),
        Transform.formatDate("ordered", "%Y-%m-%d", "%d %b %Y"),
        Transform.convertTimeZone(
            "called",
            ConvertTimeZoneOptions.builder()
                .source("Europe/Berlin")
                .target("UTC")
                .inputFormat("%Y-%m-%dT%H:%M:%S")
                .outputFormat("%Y-%m-%d %H:%M:%S%z")
                .disambiguation(Disambiguation.COMPATIBLE)
                .build()),
        Transform.split(
            "tags",
            SplitOptions.builder()
                .separator("|")
                .into(List.of("first_tag", "other_tags"))
                .extra(ExtraParts.DROP)
                .build()),
        Transform.concatenate(
            "label",
            ConcatenateOptions.builder()
                .columns(List.of("product", "unit"))
                .separator(" / ")
                .build()),
        Transform.mapValues(
            "unit",
            MapValuesOptions.builder()
                .values(Map.of("piece", "pc", "l", "litre", "kg", "kilogram"))
                .otherwise(OtherValue.value("?"))
                .build()),
        Transform.mask(
            "contact", MaskOptions.builder().keepFirst(1).keepLast(2).character("#").build()),
        Transform.hash("label", HashOptions.builder().key(key).jsonField("current").build()),
        Transform.deDuplicate(
            DeDuplicateOptions.builder().columns(List.of("id")).keep(KeptDuplicate.LAST).build()),
        Transform.rename("unit", "sold_by"),
        Transform.drop("tags", "replaces"));
  }
}
