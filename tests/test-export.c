/* test-export.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "export-fixture.h"

static const char *const endings[] = { "png", "svg", "pdf" };

static void
test_same_bytes (ExportFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *first_name = g_strconcat ("first.", endings[i], NULL);
      g_autofree char *second_name = g_strconcat ("second.", endings[i], NULL);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      TelarExportOptions options;
      gsize first_size, second_size;

      telar_export_options_init (&options);
      options.graph = TRUE;
      options.name = "Twice";
      options.width = 900;
      first = export_picture (fixture, &options, first_name, &first_size);
      second = export_picture (fixture, &options, second_name, &second_size);
      g_assert_cmpmem (first, first_size, second, second_size);
      g_assert_null (memmem (first, first_size, "CreationDate", 12));
    }
}

static void
read_png_size (const char *bytes, gsize size, guint *width, guint *height)
{
  guint32 values[2];

  g_assert_cmpuint (size, >, 24);
  memcpy (values, bytes + 16, 8);
  *width = GUINT32_FROM_BE (values[0]);
  *height = GUINT32_FROM_BE (values[1]);
}

/* As by the order that a window has, and not as in the graph. */
static void
test_sorted (ExportFixture *fixture, gconstpointer data)
{
  TelarLaneOrder *order = telar_lane_order_new ();
  TelarExportOptions options;
  g_autofree char *as_is = NULL;
  g_autofree char *sorted = NULL;
  g_autofree char *ordered = NULL;
  gsize sizes[3];

  order->sort = TELAR_SORT_SLICES;
  telar_lane_order_apply (order, fixture->timeline);
  telar_export_options_init (&options);
  as_is = export_picture (fixture, &options, "as-is.svg", &sizes[0]);
  options.sort = TELAR_SORT_SLICES;
  sorted = export_picture (fixture, &options, "sorted.svg", &sizes[1]);
  options.sort = TELAR_SORT_GRAPH;
  options.order = order;
  ordered = export_picture (fixture, &options, "ordered.svg", &sizes[2]);
  g_assert_cmpmem (sorted, sizes[1], ordered, sizes[2]);
  g_assert_false (sizes[0] == sizes[1] && memcmp (as_is, sorted, sizes[0]) == 0);
  telar_lane_order_free (order);
}

static void
test_sizes (ExportFixture *fixture, gconstpointer data)
{
  TelarExportOptions options;
  g_autofree char *png = NULL;
  g_autofree char *fine_png = NULL;
  g_autofree char *svg = NULL;
  g_autofree char *pdf = NULL;
  guint width, height;
  gsize size;

  telar_export_options_init (&options);
  options.width = 640;
  options.height = 480;
  png = export_picture (fixture, &options, "a.png", &size);
  read_png_size (png, size, &width, &height);
  g_assert_cmpuint (width, ==, 640);
  g_assert_cmpuint (height, ==, 480);

  svg = export_picture (fixture, &options, "a.svg", &size);
  g_assert_nonnull (strstr (svg, "width=\"640"));
  g_assert_nonnull (strstr (svg, "height=\"480"));

  /* 85 × 50 mm are 240.9 × 141.7 points, and 1004 × 591 dots at 300 an inch. */
  options.width = 85;
  options.height = 50;
  options.millimetres = TRUE;
  fine_png = export_picture (fixture, &options, "mm.png", &size);
  read_png_size (fine_png, size, &width, &height);
  g_assert_cmpuint (width, ==, 1004);
  g_assert_cmpuint (height, ==, 591);
  pdf = export_picture (fixture, &options, "mm.pdf", &size);
  g_assert_nonnull (memmem (pdf, size, "/MediaBox [ 0 0 240.94", 22));
}

/* Print in pixels takes them for dots of a printer: texts are as large on paper as in
 * millimetres. 1004 dots are 85 mm. */
static void
test_print_text (ExportFixture *fixture, gconstpointer data)
{
  TelarExportOptions options, paper;
  double width, height, paper_width, paper_height;

  telar_export_options_init (&options);
  options.style = TELAR_STYLE_PRINT;
  options.width = 2008;
  paper = options;
  paper.millimetres = TRUE;
  paper.width = 2008 / 300.0 * 25.4;
  g_assert_true (telar_export_measure (fixture->timeline, NULL, &options, TELAR_PICTURE_PNG, &width,
                                       &height, NULL));
  g_assert_true (telar_export_measure (fixture->timeline, NULL, &paper, TELAR_PICTURE_PNG,
                                       &paper_width, &paper_height, NULL));
  g_assert_cmpfloat_with_epsilon (width, 2008, 0.01);
  g_assert_cmpfloat_with_epsilon (paper_width, 2008, 0.01);
  g_assert_cmpfloat_with_epsilon (paper_height, height, 0.01);
  /* On a screen the same width has room for more. */
  options.style = TELAR_STYLE_LIGHT;
  g_assert_true (telar_export_measure (fixture->timeline, NULL, &options, TELAR_PICTURE_PNG, &width,
                                       &paper_height, NULL));
  g_assert_cmpfloat (paper_height, <, 0.7 * height);

  /* Twice the dots of the same paper. */
  paper.dpi = 600;
  g_assert_true (telar_export_measure (fixture->timeline, NULL, &paper, TELAR_PICTURE_PNG,
                                       &paper_width, &paper_height, NULL));
  g_assert_cmpfloat_with_epsilon (paper_width, 2 * 2008, 0.01);
  g_assert_cmpfloat_with_epsilon (paper_height, 2 * height, 0.01);
  /* Of a PDF in mm these are told. */
  g_assert_true (telar_export_measure (fixture->timeline, NULL, &paper, TELAR_PICTURE_PDF,
                                       &paper_width, &paper_height, NULL));
  g_assert_cmpfloat_with_epsilon (paper_width, paper.width, 0.01);
}

/* Smaller, in the same proportions, and with something on it. */
static void
test_preview (ExportFixture *fixture, gconstpointer data)
{
  static const TelarPictureFormat formats[] = { TELAR_PICTURE_PNG, TELAR_PICTURE_SVG,
                                                TELAR_PICTURE_PDF };
  TelarExportOptions options;

  telar_export_options_init (&options);
  options.graph = TRUE;
  options.scale = 8;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) colors = g_hash_table_new (NULL, NULL);
      cairo_surface_t *preview = telar_export_preview (fixture->timeline, fixture->layout, &options,
                                                       formats[i], 500, 400, &error);
      double width, height;
      int wide, high;

      g_assert_no_error (error);
      g_assert_true (telar_export_measure (fixture->timeline, fixture->layout, &options, formats[i],
                                           &width, &height, &error));
      wide = cairo_image_surface_get_width (preview);
      high = cairo_image_surface_get_height (preview);
      g_assert_true (wide <= 500 && high <= 400 && (wide == 500 || high == 400));
      g_assert_cmpfloat_with_epsilon (wide / (double) high, width / height, 0.02);
      for (int y = 0; y < high; y++)
        for (int x = 0; x < wide; x++)
          g_hash_table_add (colors,
                            GUINT_TO_POINTER (((guint32 *) (gpointer)
                              (cairo_image_surface_get_data (preview)
                               + y * cairo_image_surface_get_stride (preview)))[x]));
      g_assert_cmpuint (g_hash_table_size (colors), >, 50);
      cairo_surface_destroy (preview);
    }
  {
    g_autoptr (GError) error = NULL;

    options.width = 20000;
    g_assert_null (telar_export_preview (fixture->timeline, NULL, &options, TELAR_PICTURE_PNG, 500,
                                         400, &error));
    g_assert_nonnull (strstr (error->message, "cannot be made"));
  }
}

/* The day is shown and told, beside a graph alone as well; without one it is nowhere. */
static void
test_date (ExportFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    {
      TelarExportOptions options;
      g_autofree char *svg = NULL;
      gsize size;

      telar_export_options_init (&options);
      options.legend = i % 2 == 0;
      options.source = i != 1;
      options.date = i < 4 ? "2026-11-26" : NULL;
      options.graph = i == 3;
      options.cores = options.tasks = i != 3;
      svg = export_picture (fixture, &options, "a.svg", &size);
      if (i == 4 || i == 5)
        {
          g_assert_null (strstr (svg, "2026-11-26"));
          continue;
        }
      g_assert_nonnull (strstr (svg, i == 0 || i == 2 ? "cores in use · 2026-11-26</text>"
                                                      : ">2026-11-26</text>"));
      g_assert_nonnull (strstr (svg, "; date: 2026-11-26"));
      g_assert_true ((strstr (svg, "cores in use") != NULL) == (i == 0 || i == 2));
      g_assert_true ((strstr (svg, "ready: no core free") != NULL) == (i == 0 || i == 2));
    }
}

static void
test_dates (ExportFixture *fixture, gconstpointer data)
{
  g_autofree char *known = NULL;
  g_autofree char *told = NULL;
  g_autofree char *graph = NULL;

  g_unsetenv ("SOURCE_DATE_EPOCH");
  fixture->timeline->begun.date = 1790000000; /* noon or so, in Europe */
  known = telar_export_date (fixture->timeline);
  g_assert_true (g_str_has_prefix (known, "2026-09-2"));
  g_setenv ("SOURCE_DATE_EPOCH", "86400", TRUE);
  told = telar_export_date (fixture->timeline);
  g_assert_cmpstr (told, ==, "1970-01-02");
  graph = telar_export_date (NULL);
  g_assert_cmpstr (graph, ==, "1970-01-02");
  g_unsetenv ("SOURCE_DATE_EPOCH");
}

/* What is left open is chosen so that everything has its place. */
static void
test_own_height (ExportFixture *fixture, gconstpointer data)
{
  TelarExportOptions options;
  guint width, lanes, both, plain;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  gsize size;

  telar_export_options_init (&options);
  first = export_picture (fixture, &options, "lanes.png", &size);
  read_png_size (first, size, &width, &lanes);
  g_assert_cmpuint (width, ==, 1920);
  options.graph = TRUE;
  second = export_picture (fixture, &options, "both.png", &size);
  read_png_size (second, size, &width, &both);
  g_assert_cmpuint (both, >, lanes + 100);
  options.graph = options.title = options.legend = options.source = FALSE;
  third = export_picture (fixture, &options, "plain.png", &size);
  read_png_size (third, size, &width, &plain);
  g_assert_cmpuint (plain, <, lanes - 50);
}

static void
test_text_is_text (ExportFixture *fixture, gconstpointer data)
{
  TelarExportOptions options;
  g_autofree char *svg = NULL;
  gsize size;

  telar_export_options_init (&options);
  options.graph = TRUE;
  options.name = "Less < & \"more\"";
  options.font = "Serif 10";
  svg = export_picture (fixture, &options, "a.svg", &size);
  g_assert_nonnull (strstr (svg, ">Core 0</text>"));
  g_assert_nonnull (strstr (svg, ">p1 square</text>"));
  g_assert_nonnull (strstr (svg, ">square([43, 50, 5, 98, 34, 35])</text>"));
  g_assert_nonnull (strstr (svg, "Less &lt; &amp; &quot;more&quot;"));
  g_assert_nonnull (strstr (svg, "font-family=\"Serif\""));
  g_assert_nonnull (strstr (svg, "exact (kernel switches)"));
  g_assert_null (strstr (svg, "glyph"));
  g_assert_cmpuint (size, <, 300 * 1000);
}

/* What another program makes of a picture. */
typedef struct
{
  const char *program;
  const char *options[4]; /* before the name of the picture, NULL after the last */
  const char *ending;
  const char *draws;      /* a picture that it writes, NULL where it tells */
} Reader;

static const Reader readers[] = {
  { "rsvg-convert", { "-o", "drawn.png" }, "svg", "drawn.png" },
  { "pdftoppm", { "-png", "-singlefile", "-r", "96" }, "pdf", "drawn.png" },
  { "pdffonts", { NULL }, "pdf", NULL },
  { "pdftotext", { "-layout" }, "pdf", NULL },
};

/* How far two pictures of one size are apart on the average, of 255. */
static double
mean_distance (cairo_surface_t *one, cairo_surface_t *other)
{
  int width = cairo_image_surface_get_width (one), height = cairo_image_surface_get_height (one);
  guint64 sum = 0;

  g_assert_cmpint (cairo_image_surface_get_width (other), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (other), ==, height);
  for (int y = 0; y < height; y++)
    {
      const guint8 *a = cairo_image_surface_get_data (one) + y * cairo_image_surface_get_stride (one);
      const guint8 *b
          = cairo_image_surface_get_data (other) + y * cairo_image_surface_get_stride (other);

      for (int x = 0; x < 4 * width; x++)
        if (x % 4 != 3)
          sum += (guint64) abs ((int) a[x] - (int) b[x]);
    }
  return (double) sum / (3.0 * width * height);
}

/* It draws what our own PNG shows, but for the grain of its letters and where hatches
 * begin: with time 0, which is a pixel or two aside where letters are as wide as they are. */
static void
assert_drawn (ExportFixture *fixture, const TelarExportOptions *options, const char *name)
{
  g_autofree char *ours = g_build_filename (fixture->folder, "ours.png", NULL);
  g_autofree char *drawn = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *bytes = NULL;
  cairo_surface_t *pictures[3];
  double far, empty;
  cairo_t *cr;
  gsize size;

  bytes = export_picture (fixture, options, "ours.png", &size);
  pictures[0] = cairo_image_surface_create_from_png (ours);
  pictures[1] = cairo_image_surface_create_from_png (drawn);
  pictures[2] = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                            cairo_image_surface_get_width (pictures[0]),
                                            cairo_image_surface_get_height (pictures[0]));
  g_assert_cmpint (cairo_surface_status (pictures[1]), ==, CAIRO_STATUS_SUCCESS);
  cr = cairo_create (pictures[2]);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (pictures[2]);
  far = mean_distance (pictures[0], pictures[1]);
  empty = mean_distance (pictures[0], pictures[2]);
  g_test_message ("%.2f from ours; an empty picture is %.2f", far, empty);
  g_assert_cmpfloat (far, <, empty / 3);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    cairo_surface_destroy (pictures[i]);
}

/* A line a font, below two of headings; "emb" is the fourth column from the right. */
static void
assert_embedded (const char *told)
{
  g_auto (GStrv) lines = g_strsplit (told, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (guint i = 2; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_assert_nonnull (strstr (lines[i], " yes yes "));
}

static void
test_read_by (ExportFixture *fixture, gconstpointer data)
{
  const Reader *reader = data;
  g_autofree char *program = g_find_program_in_path (reader->program);
  g_autofree char *name = g_strconcat ("a.", reader->ending, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *told = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  const char *words[8] = { program };
  TelarExportOptions options;
  guint n = 1;
  gsize size;
  int exit;

  if (program == NULL)
    {
      g_autofree char *lacks = g_strdup_printf ("%s is not installed", reader->program);

      g_test_skip (lacks);
      return;
    }
  telar_export_options_init (&options);
  options.graph = TRUE;
  options.name = "Read by others";
  options.width = 1200;
  bytes = export_picture (fixture, &options, name, &size);
  for (guint i = 0; i < G_N_ELEMENTS (reader->options) && reader->options[i] != NULL; i++)
    words[n++] = reader->options[i];
  words[n++] = name;
  /* Where they write differs: beside the others, without the ending, or to the output. */
  if (reader->draws == NULL && strcmp (reader->program, "pdftotext") == 0)
    words[n++] = "-";
  else if (strcmp (reader->program, "pdftoppm") == 0)
    words[n++] = "drawn";
  g_spawn_sync (fixture->folder, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &told,
                &errors, &exit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpint (exit, ==, 0);
  if (reader->draws != NULL)
    assert_drawn (fixture, &options, reader->draws);
  else if (strcmp (reader->program, "pdffonts") == 0)
    assert_embedded (told);
  else
    {
      g_assert_nonnull (strstr (told, "Read by others"));
      g_assert_nonnull (strstr (told, "Core 0"));
      g_assert_nonnull (strstr (told, "p1 square"));
      g_assert_nonnull (strstr (told, "exact (kernel switches)"));
    }
}

/* A range, and each style, is another picture. */
static void
test_options (ExportFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 6; i++)
    {
      TelarExportOptions options;
      g_autofree char *svg = NULL;
      gsize size;

      telar_export_options_init (&options);
      options.width = 900;
      options.style = i < 3 ? (TelarStyle) i : TELAR_STYLE_LIGHT;
      if (i == 3)
        {
          options.begin = 30e6;
          options.end = 50e6;
        }
      options.cores = i != 4;
      options.tasks = i != 5;
      svg = export_picture (fixture, &options, "a.svg", &size);
      g_assert_true (g_hash_table_add (pictures, g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                                                svg, size)));
    }
}

static cairo_surface_t *
load (ExportFixture *fixture, const TelarExportOptions *options, const char *name)
{
  g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *bytes = NULL;
  cairo_surface_t *surface;
  gsize size;

  bytes = export_picture (fixture, options, name, &size);
  surface = cairo_image_surface_create_from_png (file);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

/* How far apart two pictures are where they are furthest. */
static guint
furthest (const guint8 *one, const guint8 *other, gsize size)
{
  guint most = 0;

  for (gsize i = 0; i < size; i++)
    if (i % 4 != 3)
      most = MAX (most, (guint) abs ((int) one[i] - (int) other[i]));
  return most;
}

/* Strips are the whole picture, whatever their height; what is laid out for paper is
 * made in one. */
static void
test_strips (ExportFixture *fixture, gconstpointer data)
{
  static const int strips[] = { 1000000, 1, 37, 256 };
  static const int widths[] = { 700, 1400, 2100 };
  static const TelarStyle styles[] = { TELAR_STYLE_LIGHT, TELAR_STYLE_DARK, TELAR_STYLE_LIGHT };

  for (guint style = 0; style < G_N_ELEMENTS (styles); style++)
    {
      cairo_surface_t *whole = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (strips); i++)
        {
          TelarExportOptions options;
          cairo_surface_t *surface;
          gsize size;
          guint most;

          telar_export_options_init (&options);
          options.graph = TRUE;
          options.name = "Strips";
          options.width = 700;
          options.scale = 1 + style;
          options.style = styles[style];
          options.strip = strips[i];
          surface = load (fixture, &options, "strips.png");
          if (whole == NULL)
            {
              whole = surface;
              continue;
            }
          size = (gsize) cairo_image_surface_get_stride (whole)
                 * (gsize) cairo_image_surface_get_height (whole);
          g_assert_cmpint (cairo_image_surface_get_width (surface), ==, widths[style]);
          g_assert_cmpint (cairo_image_surface_get_height (surface), ==,
                           cairo_image_surface_get_height (whole));
          most = furthest (cairo_image_surface_get_data (whole),
                           cairo_image_surface_get_data (surface), size);
          g_test_message ("style %u, strips of %d: %u", style, strips[i], most);
          g_assert_cmpuint (most, ==, 0);
          cairo_surface_destroy (surface);
        }
      cairo_surface_destroy (whole);
    }
}

/* As one image this would take 500 MiB. */
static void
test_large (ExportFixture *fixture, gconstpointer data)
{
  TelarExportOptions options;
  g_autofree char *png = NULL;
  struct rusage before, after;
  guint width, height;
  gsize size;

  telar_export_options_init (&options);
  options.width = 32767;
  options.height = 4000;
  getrusage (RUSAGE_SELF, &before);
  png = export_picture (fixture, &options, "large.png", &size);
  getrusage (RUSAGE_SELF, &after);
  read_png_size (png, size, &width, &height);
  g_assert_cmpuint (width, ==, 32767);
  g_assert_cmpuint (height, ==, 4000);
  g_test_message ("%ld MiB more", (after.ru_maxrss - before.ru_maxrss) / 1024);
#if !defined (__SANITIZE_ADDRESS__)
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 200 * 1024);
#endif
}

/* What a figure's run was made with, and nothing about who made it or where. */
static void
test_provenance (ExportFixture *fixture, gconstpointer data)
{
  g_autoptr (TelarMachine) machine = telar_machine_new_uniform (4, 1);
  TelarExportOptions options;

  g_free (machine->model);
  machine->model = g_strdup ("Loom & Co 9");
  g_free (machine->kernel);
  machine->kernel = g_strdup ("6.1.0-test");
  telar_export_options_init (&options);
  options.machine = machine;
  options.name = "Whence <this>\1";
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat ("whence.", endings[i], NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      bytes = export_picture (fixture, &options, name, &size);
      g_assert_null (memmem (bytes, size, fixture->folder, strlen (fixture->folder)));
      if (strcmp (endings[i], "pdf") == 0)
        {
          /* In a packed stream, or in UTF-16: others read it. */
          g_autofree char *program = g_find_program_in_path ("pdfinfo");
          g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
          g_autofree char *told = NULL;

          if (program == NULL)
            continue;
          g_assert_true (g_spawn_sync (NULL, (char *[]){ program, file, NULL }, NULL,
                                       G_SPAWN_DEFAULT, NULL, NULL, &told, NULL, NULL, NULL));
          g_assert_nonnull (strstr (told, "Whence <this>"));
          g_assert_nonnull (strstr (told, "CPU: Loom & Co 9; kernel: 6.1.0-test; slices: exact"));
          continue;
        }
      g_assert_nonnull (memmem (bytes, size, "kernel: 6.1.0-test", 18));
      if (strcmp (endings[i], "svg") == 0)
        {
          g_assert_nonnull (memmem (bytes, size, "<title>Whence &lt;this&gt; </title>", 35));
          g_assert_nonnull (memmem (bytes, size, "CPU: Loom &amp; Co 9", 20));
        }
    }
}

/* However much ran: lanes of slices that are all narrower than a pixel. */
static void
test_shapes (ExportFixture *fixture, gconstpointer data)
{
  PictureRun *run = picture_run_random (3, 64, 40, 200000);
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (fixture->folder, "shapes.svg", NULL);
  g_autofree char *svg = NULL;
  TelarExportOptions options;
  guint shapes = 0;
  gsize size;

  telar_export_options_init (&options);
  options.width = 1700;
  g_assert_true (telar_export_picture (picture_run_timeline (run), NULL, &options, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &svg, &size, NULL));
  for (const char *at = svg; (at = strchr (at, '<')) != NULL; at++)
    shapes += g_str_has_prefix (at, "<path") || g_str_has_prefix (at, "<rect")
              || g_str_has_prefix (at, "<use") || g_str_has_prefix (at, "<text");
  g_test_message ("%u shapes, %zu KiB", shapes, size / 1024);
  g_assert_cmpuint (shapes, <=, 30000);
  g_assert_null (strstr (svg, "<image"));
  g_assert_null (strstr (svg, "too many shapes"));
  picture_run_free (run);
}

/* Too many lanes with too much in them: an image with texts around it, and it says so. */
static void
test_too_many_shapes (ExportFixture *fixture, gconstpointer data)
{
  PictureRun *run = picture_run_random (3, 16, 1000, 60000);

  for (guint i = 1; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat ("many.", endings[i], NULL);
      g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *program = g_find_program_in_path ("pdfinfo");
      g_autofree char *bytes = NULL;
      g_autofree char *told = NULL;
      g_autoptr (GError) error = NULL;
      TelarExportOptions options;
      guint shapes = 0;
      gsize size;

      telar_export_options_init (&options);
      g_assert_true (telar_export_picture (picture_run_timeline (run), NULL, &options, file,
                                           &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
      g_assert_cmpuint (size, <, 20 * 1000 * 1000);
      if (strcmp (endings[i], "pdf") == 0)
        {
          g_assert_nonnull (memmem (bytes, size, "/Subtype /Image", 15));
          if (program == NULL)
            continue;
          g_assert_true (g_spawn_sync (NULL, (char *[]){ program, file, NULL }, NULL,
                                       G_SPAWN_DEFAULT, NULL, NULL, &told, NULL, NULL, NULL));
          g_assert_nonnull (strstr (told, "lanes as an image: too many shapes"));
          continue;
        }
      for (const char *at = bytes; (at = strchr (at, '<')) != NULL; at++)
        shapes += g_str_has_prefix (at, "<path") || g_str_has_prefix (at, "<rect")
                  || g_str_has_prefix (at, "<use") || g_str_has_prefix (at, "<text")
                  || g_str_has_prefix (at, "<image");
      g_test_message ("%u shapes, %zu KiB", shapes, size / 1024);
      g_assert_cmpuint (shapes, <=, 30000);
      g_assert_cmpuint (shapes, >, 1000);
      g_assert_nonnull (strstr (bytes, "<image"));
      g_assert_nonnull (strstr (bytes, "· lanes as an image: too many shapes</text>"));
      g_assert_nonnull (strstr (bytes, "; lanes as an image: too many shapes</desc>"));
      g_assert_nonnull (strstr (bytes, ">w1000 "));
    }
  picture_run_free (run);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/export/" path, ExportFixture, NULL, export_set_up, test, export_tear_down)
  ADD ("same-bytes", test_same_bytes);
  ADD ("sizes", test_sizes);
  ADD ("sorted", test_sorted);
  ADD ("print-text", test_print_text);
  ADD ("preview", test_preview);
  ADD ("date", test_date);
  ADD ("dates", test_dates);
  ADD ("own-height", test_own_height);
  ADD ("text-is-text", test_text_is_text);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autofree char *path = g_strconcat ("/export/read-by/", readers[i].program, NULL);

      g_test_add (path, ExportFixture, &readers[i], export_set_up, test_read_by, export_tear_down);
    }
  ADD ("options", test_options);
  ADD ("strips", test_strips);
  ADD ("large", test_large);
  ADD ("provenance", test_provenance);
  ADD ("shapes", test_shapes);
  ADD ("too-many-shapes", test_too_many_shapes);
  return g_test_run ();
}
