/* preview-pane.c
 *
 * SPDX-License-Identifier: MIT
 *
 * First the look, then how much it weighs, which can take longer.
 */

#include "config.h"

#include "window/preview-pane.h"

#include <glib/gi18n-lib.h>

#define LOOK_AFTER_MS 80   /* somebody goes on typing */
#define SMALLEST      200  /* pixels, before it has a size */

struct _TelarPreviewPane
{
  GtkBox               parent_instance;

  /* Template. */
  GtkStack            *stack;
  GtkPicture          *picture;
  GtkLabel            *text;
  GtkLabel            *none;
  GtkLabel            *note;

  /* Owned: what is to be shown. */
  TelarExportSubject  *subject;      /* nullable */
  TelarExportSettings  settings;
  TelarExportFacts     facts;

  GCancellable        *looking;      /* (nullable): of the thread that is at it */
  guint                source;
  gboolean             outdated;     /* something else was asked for since it began */
  gboolean             wanted;
  gboolean             paused;
  double               width, height;
};

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TelarPreviewPane, telar_preview_pane, GTK_TYPE_BOX)

/* What a thread needs: none of the window's. */
typedef struct
{
  TelarExportSubject  *subject;  /* owned */
  TelarExportSettings  settings; /* owned */
  TelarExportFacts     facts;
  int                  width, height;
  gboolean             about;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  telar_export_subject_unref (job->subject);
  telar_export_settings_clear (&job->settings);
  g_free (job);
}

static void
start (TelarPreviewPane    *self,
       GTaskThreadFunc      function,
       GAsyncReadyCallback  over)
{
  int               scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  Job              *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = NULL;

  job->subject = telar_export_subject_ref (self->subject);
  job->facts = self->facts;
  telar_export_settings_copy (&job->settings, &self->settings);
  job->width = MAX (gtk_widget_get_width (GTK_WIDGET (self->stack)), SMALLEST) * scale;
  job->height = MAX (gtk_widget_get_height (GTK_WIDGET (self->stack)), SMALLEST) * scale;

  self->looking = g_cancellable_new ();
  task = g_task_new (self, self->looking, over, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, function);
}

/* --- Showing --- */

static void
say_size (TelarPreviewPane          *self,
          const TelarExportSettings *settings,
          guint64                    size,
          gboolean                   about)
{
  g_autofree char *words = telar_export_size_words (settings, self->width, self->height, size,
                                                    about);

  gtk_label_set_label (self->note, words);
}

static GdkTexture *
texture_of (cairo_surface_t *surface)
{
  int                width = cairo_image_surface_get_width (surface);
  int                height = cairo_image_surface_get_height (surface);
  gsize              stride = (gsize) cairo_image_surface_get_stride (surface);
  gsize              size = stride * (gsize) height;
  g_autoptr (GBytes) bytes = NULL;
  guint32           *pixels;

  cairo_surface_flush (surface);
  pixels = g_memdup2 (cairo_image_surface_get_data (surface), size);
  /* What cairo leaves unused is how opaque it is. */
  for (gsize i = 0; i < size / sizeof *pixels; i++)
    pixels[i] |= 0xff000000u;
  bytes = g_bytes_new_take (pixels, size);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
show_look (TelarPreviewPane          *self,
           const TelarExportLook     *look,
           const TelarExportSettings *settings)
{
  self->width = look->width;
  self->height = look->height;
  if (look->picture)
    {
      g_autoptr (GdkTexture) texture = texture_of (look->picture);

      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
      gtk_stack_set_visible_child_name (self->stack, "picture");
    }
  else if (settings->format == TELAR_EXPORT_RUN)
    {
      gtk_label_set_label (self->none, look->text);
      gtk_stack_set_visible_child_name (self->stack, "none");
    }
  else
    {
      gtk_label_set_label (self->text, look->text);
      gtk_stack_set_visible_child_name (self->stack, "text");
    }
  say_size (self, settings, 0, FALSE);
}

/* --- Threads --- */

static void look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable);
static void looked         (GObject *source, GAsyncResult *result, gpointer unused);

/* Returns: whether what came of a thread is not wanted any more. */
static gboolean
is_past (TelarPreviewPane *self)
{
  gboolean past;

  /* It is gone. */
  if (self->subject == NULL)
    return TRUE;

  g_clear_object (&self->looking);
  past = self->outdated || !self->wanted || self->paused;
  if (self->outdated && self->wanted && !self->paused)
    {
      self->outdated = FALSE;
      start (self, look_in_thread, looked);
    }

  return past;
}

static void
weigh_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Job     *job = data;
  guint64  size = telar_export_weigh (job->subject, &job->settings, &job->facts, &job->about,
                                      cancellable);

  g_task_return_int (task, (gssize) MIN (size, (guint64) G_MAXSSIZE));
}

static void
weighed (GObject      *source,
         GAsyncResult *result,
         gpointer      unused)
{
  TelarPreviewPane *self = TELAR_PREVIEW_PANE (source);
  Job              *job = g_task_get_task_data (G_TASK (result));
  gssize            size = g_task_propagate_int (G_TASK (result), NULL);

  if (!is_past (self) && size > 0)
    say_size (self, &job->settings, (guint64) size, job->about);
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job             *job = data;
  GError          *error = NULL;
  TelarExportLook *look = telar_export_look (job->subject, &job->settings, &job->facts, job->width,
                                             job->height, cancellable, &error);

  if (look)
    g_task_return_pointer (task, look, (GDestroyNotify) telar_export_look_free);
  else
    g_task_return_error (task, error);
}

static void
looked (GObject      *source,
        GAsyncResult *result,
        gpointer      unused)
{
  TelarPreviewPane           *self = TELAR_PREVIEW_PANE (source);
  Job                        *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError)          error = NULL;
  g_autoptr (TelarExportLook) look = g_task_propagate_pointer (G_TASK (result), &error);

  if (is_past (self))
    return;

  if (look)
    {
      show_look (self, look, &job->settings);
      start (self, weigh_in_thread, weighed);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[REFUSED], 0, error->message);
}

static gboolean
look_now (gpointer data)
{
  TelarPreviewPane *self = data;

  self->source = 0;
  if (self->looking)
    {
      self->outdated = TRUE;
      g_cancellable_cancel (self->looking);
    }
  else if (!self->paused)
    start (self, look_in_thread, looked);

  return G_SOURCE_REMOVE;
}

/* --- Life --- */

static void
telar_preview_pane_dispose (GObject *object)
{
  TelarPreviewPane *self = TELAR_PREVIEW_PANE (object);

  if (self->looking)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->subject, telar_export_subject_unref);

  G_OBJECT_CLASS (telar_preview_pane_parent_class)->dispose (object);
}

static void
telar_preview_pane_finalize (GObject *object)
{
  telar_export_settings_clear (&TELAR_PREVIEW_PANE (object)->settings);

  G_OBJECT_CLASS (telar_preview_pane_parent_class)->finalize (object);
}

static void
telar_preview_pane_class_init (TelarPreviewPaneClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_preview_pane_dispose;
  object_class->finalize = telar_preview_pane_finalize;

  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/preview-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarPreviewPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TelarPreviewPane, picture);
  gtk_widget_class_bind_template_child (widget_class, TelarPreviewPane, text);
  gtk_widget_class_bind_template_child (widget_class, TelarPreviewPane, none);
  gtk_widget_class_bind_template_child (widget_class, TelarPreviewPane, note);
  gtk_widget_class_set_css_name (widget_class, "previewpane");
}

static void
telar_preview_pane_init (TelarPreviewPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  telar_export_settings_init (&self->settings);
}

void
telar_preview_pane_show (TelarPreviewPane          *self,
                         TelarExportSubject        *subject,
                         const TelarExportSettings *settings,
                         const TelarExportFacts    *facts)
{
  g_return_if_fail (TELAR_IS_PREVIEW_PANE (self));
  g_return_if_fail (subject != NULL && settings != NULL && facts != NULL);

  telar_export_subject_ref (subject);
  g_clear_pointer (&self->subject, telar_export_subject_unref);
  self->subject = subject;
  self->facts = *facts;
  telar_export_settings_clear (&self->settings);
  telar_export_settings_copy (&self->settings, settings);

  self->wanted = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (LOOK_AFTER_MS, look_now, self);
}

void
telar_preview_pane_say (TelarPreviewPane *self,
                        const char       *sentence)
{
  g_return_if_fail (TELAR_IS_PREVIEW_PANE (self));

  self->wanted = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->looking)
    g_cancellable_cancel (self->looking);
  gtk_label_set_label (self->none, sentence);
  gtk_label_set_label (self->note, "");
  gtk_stack_set_visible_child_name (self->stack, "none");
}

void
telar_preview_pane_pause (TelarPreviewPane *self,
                          gboolean          pause)
{
  g_return_if_fail (TELAR_IS_PREVIEW_PANE (self));

  self->paused = pause;
  if (pause && self->looking)
    g_cancellable_cancel (self->looking);
}
