"""A small bot that uses what Dateline's bot may use. Run by the tests of the server, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys

import discord
from discord import app_commands

intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
if os.environ.get("SMALL_BOT_PRIVILEGED"):
    intents.message_content = True


class More(discord.ui.LayoutView):
    """Keeps working after a restart."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        box = discord.ui.Container(
            discord.ui.TextDisplay("## An answer"), discord.ui.TextDisplay("The harbour closes.")
        )
        box.add_item(discord.ui.Separator())
        row = discord.ui.ActionRow()
        for name, act in (("More", self.more), ("Feedback", self.feedback), ("Later", self.later)):
            button = discord.ui.Button(label=name, custom_id=f"small:{name.lower()}")
            button.callback = act
            row.add_item(button)
        row.add_item(discord.ui.Button(label="Article", url="https://courier.example/harbour"))
        box.add_item(row)
        self.add_item(box)
        menu = discord.ui.Select(
            custom_id="small:menu",
            options=[discord.SelectOption(label="First", value="1"), discord.SelectOption(label="Second", value="2")],
        )
        menu.callback = self.chosen
        self.menu = menu
        self.add_item(discord.ui.ActionRow(menu))

    async def more(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("More of it", ephemeral=True)

    async def feedback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Feedback())

    async def later(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.TextDisplay("Changed in place"))
        await interaction.edit_original_response(view=view)

    async def chosen(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"You chose {self.menu.values[0]}", ephemeral=True)


class Feedback(discord.ui.Modal, title="Feedback"):
    words = discord.ui.Label(text="What is wrong?", component=discord.ui.TextInput(max_length=100))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Noted: {self.words.component.value}", ephemeral=True)


class SmallBot(discord.Client):
    def __init__(self) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.1,
            heartbeat_timeout=float(os.environ.get("SMALL_BOT_HEARTBEAT_TIMEOUT", "60")),
        )
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        self.add_view(More())
        if "no-sync" not in sys.argv:
            await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the five seconds that discord.py waits before it identifies again."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        if isinstance(message.channel, discord.DMChannel) or self.user in message.mentions:
            asked = message.content.replace(self.user.mention, "").strip()
            await message.reply(f"You asked: {asked} @everyone {message.author.mention}", mention_author=False)
        elif message.content or message.embeds or message.attachments:
            print("READ", message.content, flush=True)
        else:
            print("EMPTY", message.id, flush=True)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        print("JOINED", guild.name, flush=True)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        print("LEFT", guild.name, flush=True)

    async def on_resumed(self) -> None:
        print("RESUMED", flush=True)

    async def on_ready(self) -> None:
        print("READY", [guild.name for guild in self.guilds], flush=True)


bot = SmallBot()


@bot.tree.command(description="Ask the articles")
@app_commands.describe(question="What do you want to know?", private="Only you see it", slow="Seconds to think")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def ask(
    interaction: discord.Interaction,
    question: str,
    private: bool = False,
    slow: float = 0.0,
    file: discord.Attachment | None = None,
    who: discord.User | None = None,
) -> None:
    if question == "!nothing":
        return
    if question == "!late":
        await asyncio.sleep(slow)
    await interaction.response.defer(thinking=True, ephemeral=private)
    if question != "!late":
        await asyncio.sleep(slow)
    parts = [f"You asked: {question}"]
    if file is not None:
        parts.append((await file.read()).decode())
    if who is not None:
        parts.append(f"about {who.display_name}")
    await interaction.edit_original_response(content="\n".join(parts))


@bot.tree.command(description="An answer with buttons")
async def answer(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=More())


@ask.autocomplete("question")
async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed} {number}", value=f"{typed}{number}") for number in range(25)]


admin = app_commands.Group(name="admin", description="For operators", default_permissions=discord.Permissions(1 << 5))


@admin.command(description="Say it in the channel")
async def say(interaction: discord.Interaction, words: str, where: app_commands.AppCommandChannel) -> None:
    await interaction.response.defer(ephemeral=True)
    try:
        channel = await where.fetch()
        sent = await channel.send(words, file=discord.File(__file__, "bot.txt"))
        thread = await sent.create_thread(name="Talk")
        await thread.send("In the thread")
    except discord.HTTPException as error:
        await interaction.followup.send(f"{error.status} {error.code} {type(error).__name__}")
    else:
        await interaction.followup.send("Said")
        await interaction.followup.send("And more", ephemeral=True)


@admin.command(description="Everything that can be shown")
async def show(interaction: discord.Interaction) -> None:
    embed = discord.Embed(title="Harbour", description="It closes.", url="https://courier.example/harbour", color=0xAA)
    embed.add_field(name="Outlet", value="Test Courier").set_footer(text="2 May 2023").set_image(
        url="attachment://a.png"
    )
    first = discord.File(__file__, "a.png")
    await interaction.response.send_message("Shown", embed=embed, file=first, ephemeral=True)
    original = await interaction.original_response()
    view = discord.ui.LayoutView()
    picture = discord.ui.Thumbnail("https://courier.example/a.png")
    gallery = discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://b.png"))
    file = discord.ui.File("attachment://b.png")
    section = discord.ui.Section("Beside a picture", accessory=picture)
    button = discord.ui.Button(label="Look", emoji="🔎", custom_id="small:look")
    people = discord.ui.UserSelect(custom_id="small:who")
    rows = discord.ui.ActionRow(button), discord.ui.ActionRow(people)
    for item in (section, gallery, file, discord.ui.Separator(), *rows):
        view.add_item(item)
    sent = await interaction.followup.send(view=view, file=discord.File(__file__, "b.png"), wait=True)
    again = await interaction.followup.fetch_message(sent.id)
    edited = await again.edit(view=discord.ui.LayoutView().add_item(discord.ui.TextDisplay("Edited")), attachments=[])
    await edited.delete()
    await original.edit(content=f"Shown {len(edited.attachments)}", embed=None, attachments=[])
    await interaction.user.send("In private")


bot.tree.add_command(admin)


@bot.tree.context_menu(name="Check this claim")
async def check(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Checked: {message.content}", ephemeral=True)


if __name__ == "__main__":
    bot.run(os.environ["SMALL_BOT_TOKEN"], root_logger=True)
