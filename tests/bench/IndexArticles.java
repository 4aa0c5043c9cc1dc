import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TotalHitCountCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Articles into Lucene, by its analyzer of English, with positions and all
 * fields stored: java IndexArticles index FIELDS FOLDER, or count FOLDER
 * QUERY..., which prints how many match.
 */
public class IndexArticles {
  private static final String[] NAMES = {
    "id", "title", "authors", "date", "section", "keywords", "text"
  };
  private static final boolean[] ANALYZED = {
    false, true, true, false, false, true, true
  };

  /** The text before the next separator; null at the end. */
  private static String read(BufferedReader in, StringBuilder text, char end)
      throws Exception {
    text.setLength(0);
    for (int c; (c = in.read()) != end; ) {
      if (c < 0) return null;
      text.append((char) c);
    }
    return text.toString();
  }

  private static void index(String file, Directory folder) throws Exception {
    IndexWriterConfig config =
        new IndexWriterConfig(Version.LATEST, new EnglishAnalyzer());
    config.setRAMBufferSizeMB(256);
    StringBuilder text = new StringBuilder();
    try (IndexWriter writer = new IndexWriter(folder, config);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new FileInputStream(file), StandardCharsets.UTF_8),
                1 << 16)) {
      String value;
      while ((value = read(in, text, '\u001f')) != null) {
        Document document = new Document();
        for (int i = 0; i < NAMES.length; i++) {
          if (i > 0) value = read(in, text, '\u001f');
          document.add(
              ANALYZED[i]
                  ? new TextField(NAMES[i], value, Store.YES)
                  : new StringField(NAMES[i], value, Store.YES));
        }
        writer.addDocument(document);
        in.read(); // behind each article
      }
    }
  }

  private static void count(Directory folder, String[] arguments)
      throws Exception {
    try (DirectoryReader reader = DirectoryReader.open(folder)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      QueryParser parser = new QueryParser("text", new EnglishAnalyzer());
      for (int i = 2; i < arguments.length; i++) {
        TotalHitCountCollector collector = new TotalHitCountCollector();
        searcher.search(
            parser.parse("title:" + arguments[i] + " " + arguments[i]),
            collector);
        System.out.println(collector.getTotalHits());
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    boolean counts = arguments[0].equals("count");
    try (Directory folder =
        FSDirectory.open(new File(arguments[counts ? 1 : 2]))) {
      if (counts) count(folder, arguments);
      else index(arguments[1], folder);
    }
  }
}
