/* error-bar.c
 *
 * SPDX-License-Identifier: MIT
 */

#include "config.h"

#include "window/error-bar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than this many at once would push the graph out of the window. */
#define FAULTS_SHOWN 4

/* A level beside those of faults. */
#define INFORMATION (TELAR_FAULT_WARNING + 1)

struct _TelarErrorBar
{
  GtkWidget  parent_instance;

  /* Template. */
  GtkWidget *revealer;
  GtkWidget *box;
  GtkImage  *icon;
  GtkLabel  *title;
  GtkLabel  *text;
  GtkWidget *progress;
  GtkBox    *buttons;
};

G_DEFINE_FINAL_TYPE (TelarErrorBar, telar_error_bar, GTK_TYPE_WIDGET)

/* Of what a bar is about: its colour, beside that of an error, and its picture. */
static const struct
{
  const char *css_class;
  const char *icon;
} looks[] = {
  [TELAR_FAULT_ERROR] = { NULL, "dialog-error-symbolic" },
  [TELAR_FAULT_WARNING] = { "warning", "dialog-warning-symbolic" },
  [INFORMATION] = { "information", "dialog-information-symbolic" },
};

static void
show (TelarErrorBar *self,
      guint          look,
      const char    *title,
      const char    *text)
{
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))))
    gtk_box_remove (self->buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), FALSE);
  gtk_widget_set_visible (self->progress, FALSE);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->text, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), text != NULL && *text != '\0');
  gtk_image_set_from_icon_name (self->icon, looks[look].icon);
  /* At the first of several lines, or in the middle of one. */
  gtk_widget_set_valign (GTK_WIDGET (self->icon), text && *text ? GTK_ALIGN_START
                                                                : GTK_ALIGN_CENTER);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].css_class && i != look)
      gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  if (looks[look].css_class)
    gtk_widget_add_css_class (GTK_WIDGET (self), looks[look].css_class);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "",
                                  -1);

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

static void
dismiss_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  telar_error_bar_dismiss (TELAR_ERROR_BAR (widget));
}

static void
telar_error_bar_dispose (GObject *object)
{
  TelarErrorBar *self = TELAR_ERROR_BAR (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (telar_error_bar_parent_class)->dispose (object);
}

static void
telar_error_bar_class_init (TelarErrorBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = telar_error_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/telar/Telar/ui/error-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, box);
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, icon);
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, title);
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, text);
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, progress);
  gtk_widget_class_bind_template_child (widget_class, TelarErrorBar, buttons);

  gtk_widget_class_install_action (widget_class, "bar.dismiss", NULL, dismiss_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "bar.dismiss", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "errorbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
telar_error_bar_init (TelarErrorBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
telar_error_bar_say (TelarErrorBar   *self,
                     TelarFaultLevel  level,
                     const char      *title,
                     const char      *text)
{
  g_return_if_fail (TELAR_IS_ERROR_BAR (self));
  g_return_if_fail (title != NULL);

  show (self, level, title, text);
}

void
telar_error_bar_tell (TelarErrorBar *self,
                      const char    *title,
                      const char    *text)
{
  g_return_if_fail (TELAR_IS_ERROR_BAR (self));
  g_return_if_fail (title != NULL);

  show (self, INFORMATION, title, text);
}

void
telar_error_bar_add_button (TelarErrorBar *self,
                            const char    *label,
                            const char    *action)
{
  GtkWidget *button;

  g_return_if_fail (TELAR_IS_ERROR_BAR (self));
  g_return_if_fail (label != NULL && action != NULL);

  button = gtk_button_new_with_label (label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->buttons, button);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), TRUE);
}

void
telar_error_bar_set_progress (TelarErrorBar *self,
                              double         done)
{
  g_return_if_fail (TELAR_IS_ERROR_BAR (self));

  gtk_widget_set_visible (self->progress, TRUE);
  if (done > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), MIN (done, 1));
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress));
}

/* Of a file: where in it. Of the graph on screen: which task, as it is called there. */
static void
append_place (GString          *text,
              const TelarFault *fault,
              gboolean          on_screen)
{
  const char *step = fault->place ? strstr (fault->place, ".body[") : NULL;

  if (on_screen && fault->task && step)
    {
      guint number = (guint) g_ascii_strtoull (step + strlen (".body["), NULL, 10) + 1;

      g_string_append_printf (text, _("%s, step %u: "), fault->task, number);
    }
  else if (on_screen && fault->task)
    g_string_append_printf (text, "%s: ", fault->task);
  else if (fault->place && *fault->place)
    g_string_append_printf (text, "%s: ", fault->place);
}

void
telar_error_bar_say_faults (TelarErrorBar   *self,
                            const char      *title,
                            const GPtrArray *faults,
                            gboolean         on_screen)
{
  g_autoptr (GString) text = g_string_new (NULL);
  TelarFaultLevel     worst = TELAR_FAULT_WARNING;
  guint               shown = 0;

  g_return_if_fail (TELAR_IS_ERROR_BAR (self));
  g_return_if_fail (faults != NULL);

  for (int level = TELAR_FAULT_ERROR; level <= TELAR_FAULT_WARNING; level++)
    for (guint i = 0; i < faults->len; i++)
      {
        const TelarFault *fault = g_ptr_array_index (faults, i);

        if ((int) fault->level != level)
          continue;
        if (level == TELAR_FAULT_ERROR)
          worst = TELAR_FAULT_ERROR;
        if (shown >= FAULTS_SHOWN)
          continue;

        if (shown++ > 0)
          g_string_append_c (text, '\n');
        append_place (text, fault, on_screen);
        g_string_append (text, fault->what);
        if (fault->cure && *fault->cure)
          g_string_append_printf (text, "; %s", fault->cure);
      }

  if (faults->len > shown)
    {
      guint more = faults->len - shown;

      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", more),
                              more);
    }

  telar_error_bar_say (self, worst, title, text->str);
}

void
telar_error_bar_dismiss (TelarErrorBar *self)
{
  g_return_if_fail (TELAR_IS_ERROR_BAR (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
