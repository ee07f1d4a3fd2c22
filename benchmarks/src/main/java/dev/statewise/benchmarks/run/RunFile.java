package dev.statewise.benchmarks.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Runs as JSON text, held to {@code statewise-run.schema.json}. */
public final class RunFile {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new SimpleModule().addSerializer(Double.class, new PlainNumber()));
  private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();

  private RunFile() {}

  /** The run as JSON. */
  public static String write(Run run) {
    try {
      return WRITER.writeValueAsString(run) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same without a space between, for where it is carried along. */
  public static String compact(Run run) {
    try {
      return MAPPER.writeValueAsString(run);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The run in {@code json}, which must follow the schema.
   *
   * @throws InvalidRunException if it does not
   */
  public static Run read(String json) {
    List<String> errors = errors(json);
    if (!errors.isEmpty()) {
      throw new InvalidRunException(errors);
    }
    try {
      return MAPPER.readValue(json, Run.class);
    } catch (JsonProcessingException e) {
      throw new InvalidRunException(List.of(e.getOriginalMessage()));
    }
  }

  /**
   * The run in a file.
   *
   * @throws IOException if it cannot be read
   * @throws InvalidRunException if it does not follow the schema
   */
  public static Run read(Path file) throws IOException {
    return read(Files.readString(file));
  }

  /** What is wrong with {@code json} by the schema; empty if nothing is. */
  public static List<String> errors(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      return tree.isMissingNode()
          ? List.of("it is empty")
          : schema().validate(tree).stream().map(Error::toString).toList();
    } catch (JsonProcessingException e) {
      return List.of("it is not JSON");
    }
  }

  private static Schema schema() {
    try (InputStream in =
        Objects.requireNonNull(RunFile.class.getResourceAsStream("statewise-run.schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(in, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes 60 and not 60.0, and no more digits than any measurement here has. */
  private static final class PlainNumber extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        out.writeNumber(value.longValue());
      } else {
        out.writeNumber(
            new java.math.BigDecimal(value, new java.math.MathContext(6)).toPlainString());
      }
    }
  }
}
