package example.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The step Enrich: adds the country of each article number (GS1 prefix), and rejects numbers with a wrong check digit.
 *
 * <p>It holds the step contract: pointers come in, pointers and counts go out. Rows go through temporary files, so
 * memory does not grow with the file.
 */
public final class ArticleNumbers
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').setHeader().setSkipHeaderRecord(true).get();
  private static final CSVFormat OUTPUT = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  /** A few prefixes of https://www.gs1.org/standards/id-keys/company-prefix. */
  private static final Map<String, String> COUNTRIES =
      Map.of("400", "Germany", "590", "Poland", "978", "Books");

  // Buckets in the path, as the local run has them.
  private final S3Client s3 = S3Client.builder().forcePathStyle(true).build();

  @Override
  public Map<String, Object> handleRequest(final Map<String, Object> event, final Context context) {
    @SuppressWarnings("unchecked")
    Map<String, String> source = (Map<String, String>) event.get("data");
    String bucket = source.get("bucket");
    try {
      Path data = Files.createTempFile("data", ".csv");
      Path rejects = Files.createTempFile("rejects", ".csv");
      try {
        int[] counts = split(bucket, source.get("key"), data, rejects);
        Map<String, Object> result = new HashMap<>();
        result.put("data", put(data, bucket, event.get("outputPrefix") + "data.csv"));
        if (counts[1] > 0) {
          result.put("rejects", put(rejects, bucket, event.get("outputPrefix") + "rejects.csv"));
        }
        result.put(
            "counts",
            Map.of(
                "rowsRead", counts[0] + counts[1],
                "rowsWritten", counts[0],
                "rowsRejected", counts[1],
                "rowsFiltered", 0));
        return result;
      } finally {
        Files.delete(data);
        Files.delete(rejects);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Writes each row to the data or to the rejects, and gives the numbers of both. */
  private int[] split(final String bucket, final String key, final Path data, final Path rejects)
      throws IOException {
    int[] counts = new int[2];
    try (BufferedReader text =
            new BufferedReader(
                new InputStreamReader(
                    s3.getObject(get -> get.bucket(bucket).key(key)), StandardCharsets.UTF_8));
        CSVParser rows = CSV.parse(text);
        CSVPrinter good = new CSVPrinter(Files.newBufferedWriter(data), OUTPUT);
        CSVPrinter bad = new CSVPrinter(Files.newBufferedWriter(rejects), OUTPUT)) {
      for (String column : rows.getHeaderNames()) {
        good.print(column);
      }
      good.print("registered_in");
      good.println();
      bad.printRecord("_row", "_column", "_code", "_message");
      for (CSVRecord row : rows) {
        String ean = row.get("ean");
        if (isArticleNumber(ean)) {
          counts[0]++;
          for (String cell : row) {
            good.print(cell);
          }
          good.print(COUNTRIES.getOrDefault(ean.substring(0, 3), ""));
          good.println();
        } else {
          counts[1]++;
          bad.printRecord(
              row.get("_row"), "ean", "wrong-check-digit", "ean has a wrong check digit");
        }
      }
    }
    return counts;
  }

  /** Whether the digits of an EAN-13, weighted 1 and 3 in turn, add up to a multiple of ten. */
  static boolean isArticleNumber(final String text) {
    int sum = 0;
    for (int place = 0; place < text.length(); place++) {
      sum += Character.digit(text.charAt(place), 10) * (place % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
  }

  private Map<String, String> put(final Path file, final String bucket, final String key) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromFile(file));
    return Map.of("bucket", bucket, "key", key);
  }
}
